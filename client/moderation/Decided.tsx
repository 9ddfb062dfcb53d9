import { For, Show, type JSX } from "solid-js";

import { sayMoment } from "#client/ui/say-time.ts";
import type { ModerationCase } from "#shared/protocol/http/moderation.ts";

type Settlement = ModerationCase["settlements"][number];

const outcomes: Readonly<Record<Settlement["outcome"], string>> = {
  dismissed: "dismissed it",
  hidden: "hid it",
  acted: "acted on it",
  reopened: "opened it again",
};

/** What was decided about a case, the last first; also what arrived too late to count. */
export const Decided = (props: { readonly settlements: readonly Settlement[] }): JSX.Element => (
  <Show when={props.settlements.length > 0}>
    <div>
      <h3 class="note muted over-list">What was decided</h3>
      <ul class="stack" style={{ "--gap": "var(--space-2)" }}>
        <For each={props.settlements}>
          {(one) => (
            <li dir="auto">
              <b>{one.by.name}</b> {outcomes[one.outcome]}
              {one.late === true ? ", which arrived too late: what others had decided since holds" : ""}{" "}
              <time class="mark muted">{sayMoment(one.at)}</time>
            </li>
          )}
        </For>
      </ul>
    </div>
  </Show>
);
