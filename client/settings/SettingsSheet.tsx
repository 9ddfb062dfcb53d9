import type { JSX } from "solid-js";

import { Bar } from "#client/ui/Bar.tsx";
import { createTitle } from "#client/ui/title.ts";

/** One page of the settings. */
export function SettingsSheet(props: {
  readonly title: string;
  readonly topic?: string;
  readonly children: JSX.Element;
}) {
  createTitle(() => props.title);

  return (
    <main class="sheet">
      <Bar back="/settings" backLabel="Back to you" title={props.title} topic={props.topic} />
      <div class="scroll">
        <div class="column stack" style={{ "--gap": "var(--space-10)" }}>
          {props.children}
        </div>
      </div>
    </main>
  );
}
