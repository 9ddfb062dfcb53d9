import { createMemo, createSignal, type Accessor, type Signal } from "solid-js";

import { grewAtStart, type Line } from "./lines.ts";

/** A line that stays the same object while what it says changes, so that its element stays too, with focus and all. */
export interface LiveLine {
  readonly key: string;
  readonly kind: Line["kind"];
  readonly now: Accessor<Line>;
}

interface Kept extends LiveLine {
  readonly set: (line: Line) => void;
}

export interface LiveLines {
  readonly lines: readonly LiveLine[];
  /** The last change only put rows before the others. */
  readonly shift: boolean;
}

const NOTHING = { lines: [] as readonly Line[], live: [] as readonly LiveLine[], shift: false };

export function createLiveLines(source: Accessor<readonly Line[]>): Accessor<LiveLines> {
  let kept = new Map<string, Kept>();

  const state = createMemo((before: typeof NOTHING) => {
    const lines = source();
    const next = new Map(lines.map((line) => [line.key, refreshed(kept.get(line.key), line)]));
    kept = next;
    return { lines, live: [...next.values()], shift: grewAtStart(before.lines, lines) };
  }, NOTHING);

  return () => ({ lines: state().live, shift: state().shift });
}

function refreshed(kept: Kept | undefined, line: Line): Kept {
  if (kept === undefined) return create(line);
  kept.set(line);
  return kept;
}

/** Of thousands of lines some dozens are ever looked at: only those become signals. */
function create(line: Line): Kept {
  let latest = line;
  let signal: Signal<Line> | undefined;

  return {
    key: line.key,
    kind: line.kind,
    now: () => (signal ??= createSignal(latest, { equals: isSame }))[0](),
    set(next) {
      latest = next;
      signal?.[1](next);
    },
  };
}

const isSame = (a: Line, b: Line): boolean => {
  if (a.kind === "row" && b.kind === "row") return a.row === b.row && a.starts === b.starts && a.index === b.index;
  if (a.kind === "new" && b.kind === "new") return a.count === b.count && a.since === b.since;
  return a.kind === b.kind;
};
