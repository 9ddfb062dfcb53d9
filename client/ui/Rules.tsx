import { For, Show, type JSX } from "solid-js";

/** What a community has agreed on, numbered. */
export const Rules = (props: { readonly rules: readonly string[] }): JSX.Element => (
  <Show when={props.rules.length > 0}>
    <section class="stack" style={{ "--gap": "var(--space-3)" }}>
      <h2 class="title">The rules</h2>
      <ol class="rules">
        <For each={props.rules}>
          {(rule) => (
            <li>
              <span dir="auto">{rule}</span>
            </li>
          )}
        </For>
      </ol>
    </section>
  </Show>
);
