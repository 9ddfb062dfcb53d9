import { Show, type JSX } from "solid-js";

/** One thing that can be set or done, with a word on what it means. */
export const Setting = (props: {
  readonly title: JSX.Element;
  readonly note?: JSX.Element;
  readonly children?: JSX.Element;
}) => (
  <div class="setting">
    <div>
      <b dir="auto">{props.title}</b>
      <Show when={props.note}>{(note) => <p class="note muted">{note()}</p>}</Show>
    </div>
    {props.children}
  </div>
);
