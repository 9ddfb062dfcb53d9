import { Match, Switch, type JSX } from "solid-js";

const MOST = 999;
const short = (number: number): string => (number > MOST ? `${MOST}+` : String(number));

/** What is unread: a badge where one is meant, else a plain number. */
export const Counts = (props: { readonly messages: number; readonly mentions: number }): JSX.Element => (
  <Switch>
    <Match when={props.mentions > 0}>
      <span class="badge">
        {short(props.mentions)}
        <span class="hush"> {props.mentions === 1 ? "mention" : "mentions"}</span>
      </span>
    </Match>
    <Match when={props.messages > 0}>
      <span class="count">
        {short(props.messages)}
        <span class="hush"> unread</span>
      </span>
    </Match>
  </Switch>
);
