import { Match, Switch, type JSX } from "solid-js";

import { count } from "#client/ui/times.ts";

import { lengthOf } from "./body.ts";

const NEAR = 500;

/** Says how much still fits when the end of a message comes near, and how much is too much. */
export function TooLong(props: { readonly text: string; readonly otherwise?: JSX.Element }): JSX.Element {
  const length = () => lengthOf(props.text);
  const over = () => {
    const now = length();
    return now.kind === "too-long" ? now.over : undefined;
  };
  const left = () => {
    const now = length();
    return now.kind === "fits" && now.left < NEAR ? now.left : undefined;
  };

  return (
    <Switch fallback={<span class="note muted clip">{props.otherwise}</span>}>
      <Match when={over()}>
        {(many) => (
          <span class="note danger-text" role="status">
            {count(many())} characters too many. Send it in two parts.
          </span>
        )}
      </Match>
      <Match when={left() !== undefined}>
        <span class="note muted">{count(left() ?? 0)} characters left</span>
      </Match>
    </Switch>
  );
}
