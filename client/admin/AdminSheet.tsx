import type { JSX } from "solid-js";

import { ADMIN } from "#client/paths.ts";
import { Bar } from "#client/ui/Bar.tsx";
import { createTitle } from "#client/ui/title.ts";

interface Props {
  readonly title: string;
  readonly topic?: JSX.Element;
  /** At the end of its bar. */
  readonly tools?: JSX.Element;
  /** Between the bar and what scrolls. */
  readonly tabs?: JSX.Element;
  readonly children: JSX.Element;
}

/** One page on which the place is run. */
export function AdminSheet(props: Props) {
  createTitle(() => props.title);

  return (
    <main class="sheet">
      <Bar back={ADMIN} backLabel="Back to administration" title={props.title} topic={props.topic}>
        {props.tools}
      </Bar>
      {props.tabs}
      <div class="scroll" tabindex="0" role="region" aria-label={props.title}>
        {props.children}
      </div>
    </main>
  );
}
