import type { JSX } from "solid-js";

import { Ring } from "#client/ui/Ring.tsx";
import { createTitle } from "#client/ui/title.ts";

import { Circle } from "./Circle.tsx";

interface StartPageProps {
  readonly title: string;
  /** What the tab is called, where not after the title. */
  readonly tab?: string;
  readonly lead: JSX.Element;
  /** How many seats of the mark are taken. */
  readonly taken?: number;
  readonly onSubmit?: (event: SubmitEvent) => void;
  readonly children: JSX.Element;
}

/** The place outside: one question at a time, in the middle of the ring. */
export function StartPage(props: StartPageProps) {
  createTitle(() => props.tab ?? props.title);

  return (
    <main class="start">
      <Circle />
      <form class="stack" novalidate onSubmit={(event) => props.onSubmit?.(event)}>
        <div>
          <Ring size={44} taken={props.taken ?? 8} />
          <h1 class="mt-3">{props.title}</h1>
          <p class="muted">{props.lead}</p>
        </div>
        {props.children}
      </form>
    </main>
  );
}
