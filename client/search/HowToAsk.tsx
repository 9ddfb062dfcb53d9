import { For } from "solid-js";

const examples = [
  { ask: "sudo path", means: "Both words, anywhere in a message" },
  { ask: '"chmod +x"', means: "These words in this order" },
  { ask: "kern*", means: "Every word that begins so" },
  { ask: "中文", means: "Scripts without spaces are found as they stand" },
  { ask: 'from:"Alice B" in:support', means: "By somebody, in a channel" },
  { ask: "after:2009 before:2010-05", means: "From a year on, up to a month" },
] as const;

/** What can be asked, by examples that can be tried. */
export const HowToAsk = (props: { readonly onAsk: (query: string) => void }) => (
  <section>
    <h2 class="title pb-2">How to ask</h2>
    <ul class="ends-line">
      <For each={examples}>
        {({ ask, means }) => (
          <li class="row-of far asked">
            <span>{means}</span>
            <button type="button" class="button plain font-code" onClick={() => props.onAsk(ask)}>
              {ask}
            </button>
          </li>
        )}
      </For>
    </ul>
  </section>
);
