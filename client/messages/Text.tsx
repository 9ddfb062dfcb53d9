import { For, Match, Show, Switch, type JSX } from "solid-js";

import { cutAtMentions, type Person } from "#client/ui/mentions.ts";

/** What somebody said, and who is meant in it. */
export interface Saying {
  readonly body: string;
  readonly mentions: readonly Person[];
  readonly me: string;
}

/** Words without markup. Talk keeps its lines: a break that somebody typed is a break. */
export const Text = (props: { readonly text: string; readonly in: Saying }): JSX.Element => (
  <For each={cutAtMentions(props.text, props.in.mentions)}>
    {(piece) => (
      <Switch fallback={<Lines text={piece as string} />}>
        <Match when={typeof piece === "object" && piece}>
          {(person) => (
            <span class="at" classList={{ me: person().id === props.in.me }}>
              @{person().name}
            </span>
          )}
        </Match>
      </Switch>
    )}
  </For>
);

const Lines = (props: { readonly text: string }): JSX.Element => (
  <For each={props.text.split("\n")}>
    {(line, index) => (
      <>
        <Show when={index() > 0}>
          <br />
        </Show>
        {line}
      </>
    )}
  </For>
);
