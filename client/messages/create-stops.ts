import { createMemo, createSignal, type Accessor } from "solid-js";

import type { createScroll } from "./create-scroll.ts";
import type { LiveLines } from "./create-live-lines.ts";

interface Options {
  readonly live: Accessor<LiveLines>;
  readonly scroller: Accessor<HTMLElement | undefined>;
  readonly scroll: ReturnType<typeof createScroll>;
  /** A letter or sign was pressed on a row. */
  readonly onLetter: (event: KeyboardEvent, key: string) => void;
  readonly onEscape: () => void;
}

/** How long a row may take to be measured. */
const FRAMES = 20;

/** One Tab stop in the timeline: arrows walk through the rows, and the row that was left is the one Tab comes back to. */
export function createStops({ live, scroller, scroll, onLetter, onEscape }: Options) {
  const [chosen, setChosen] = createSignal<string>();
  const rows = createMemo(() => live().lines.filter((line) => line.kind === "row"));
  // Asked for by every row: it is looked up once for all of them.
  const current = createMemo(() => {
    const key = chosen();
    return key !== undefined && rows().some((row) => row.key === key) ? key : rows().at(-1)?.key;
  });

  const elementOf = (key: string) => scroller()?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);

  /** A row that was not in the page is hidden until it has been measured, and what is hidden takes no focus. */
  function focus(key: string, frames = FRAMES): void {
    setChosen(key);
    const element = elementOf(key);
    element?.focus({ preventScroll: true });
    if (document.activeElement !== element && frames > 0)
      requestAnimationFrame(() => chosen() === key && focus(key, frames - 1));
  }

  function step(by: number): void {
    const all = rows();
    const now = all.findIndex((row) => row.key === current());
    const next = all[Math.min(Math.max(0, now + by), all.length - 1)];
    if (next === undefined) return;
    scroll.toLine(scroll.indexOf(next.key), "nearest");
    focus(next.key);
  }

  const moves: Readonly<Record<string, () => void>> = {
    ArrowUp: () => step(-1),
    ArrowDown: () => step(1),
    Home: () => step(-Infinity),
    End: () => step(Infinity),
  };

  return {
    current,
    focus: (key: string) => focus(key),
    /** The numbers of the lines that stay in the page when they are scrolled out. */
    kept: (): readonly number[] => {
      const key = current();
      const index = live().lines.findLastIndex((line) => line.key === key);
      return index < 0 ? [] : [index];
    },
    onFocus(event: FocusEvent): void {
      const key = (event.target as HTMLElement).closest<HTMLElement>("[data-key]")?.dataset["key"];
      if (key !== undefined) setChosen(key);
    },
    onKey(event: KeyboardEvent): void {
      const target = event.target as HTMLElement;
      const isWriting = target.matches("input, textarea");
      if (event.key === "Escape" && !event.shiftKey && !isWriting) return onEscape();
      if (event.ctrlKey || event.metaKey || event.altKey || isWriting) return;

      const move = moves[event.key];
      if (move !== undefined) {
        event.preventDefault();
        move();
      } else if (target.dataset["key"] !== undefined) onLetter(event, target.dataset["key"]);
    },
  };
}
