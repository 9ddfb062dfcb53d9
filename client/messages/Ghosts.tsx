import { For, type JSX } from "solid-js";

const WIDTHS = [
  ["22%", "74%"],
  ["14%", "40%"],
  ["18%", "88%"],
  ["26%", "58%"],
] as const;

/** Still grey lines where rows are about to be. */
export const Ghosts = (props: { readonly count?: number }): JSX.Element => (
  <div class="ghosts" aria-hidden="true">
    <For each={WIDTHS.slice(0, props.count)}>
      {([name, words]) => (
        <div class="ghost">
          <i />
          <i style={{ "inline-size": name }} />
          <i style={{ "inline-size": words }} />
        </div>
      )}
    </For>
  </div>
);
