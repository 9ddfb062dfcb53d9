import { For, Show } from "solid-js";

export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly note?: string | undefined;
}

/** The few figures that say most, above everything else. */
export const Figures = (props: { readonly figures: readonly Figure[] }) => (
  <dl class="figures">
    <For each={props.figures}>
      {(figure) => (
        <div>
          <dt>{figure.name}</dt>
          <dd>{figure.value}</dd>
          <Show when={figure.note}>{(note) => <dd class="note muted">{note()}</dd>}</Show>
        </div>
      )}
    </For>
  </dl>
);
