import { For, Match, Show, Switch, type JSX } from "solid-js";

import type { BlockChange, Piece } from "#shared/pages/difference.ts";

/** Blocks around a change that are shown too. */
const AROUND = 1;

/** What one version says that another does not; what both say, away from any change, is left out. */
export function Difference(props: { readonly changes: readonly BlockChange[] }): JSX.Element {
  const shown = () =>
    props.changes.map((change, index) => ({
      change,
      isNear: props.changes.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ kind }) => kind !== "same"),
    }));

  return (
    <div class="difference">
      <Show
        when={props.changes.some(({ kind }) => kind !== "same")}
        fallback={<p class="muted">Nothing was changed but how it looks.</p>}
      >
        <For each={shown().filter(({ isNear }) => isNear)}>{({ change }) => <Block change={change} />}</For>
      </Show>
    </div>
  );
}

const Block = (props: { readonly change: BlockChange }): JSX.Element => (
  <Switch>
    <Match when={props.change.kind === "changed" && props.change}>
      {(changed) => (
        <p dir="auto">
          <For each={changed().words}>{(piece) => <Words piece={piece} />}</For>
        </p>
      )}
    </Match>
    <Match when={props.change.kind !== "changed" && props.change}>{(piece) => <Words piece={piece()} />}</Match>
  </Switch>
);

const Words = (props: { readonly piece: Piece }): JSX.Element => (
  <Switch fallback={<span dir="auto">{props.piece.text}</span>}>
    <Match when={props.piece.kind === "new"}>
      <ins dir="auto">{props.piece.text}</ins>
    </Match>
    <Match when={props.piece.kind === "gone"}>
      <del dir="auto">{props.piece.text}</del>
    </Match>
  </Switch>
);
