import { For, Show, type JSX } from "solid-js";

interface Tab {
  readonly href: string;
  readonly label: string;
  readonly count?: number;
  readonly here: boolean;
}

/** Views of one thing, each with an address of its own. */
export const Tabs = (props: { readonly label: string; readonly tabs: readonly Tab[] }): JSX.Element => (
  <nav class="tabs-line" aria-label={props.label}>
    <For each={props.tabs}>
      {(tab) => (
        <a href={tab.href} aria-current={tab.here ? "page" : undefined}>
          {tab.label}
          <Show when={tab.count}>{(count) => <span class="figure">{count()}</span>}</Show>
        </a>
      )}
    </For>
  </nav>
);
