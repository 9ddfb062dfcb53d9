import type { Range } from "../update.ts";

/** Positions that a batch takes out. Those that touch are one span, however many frames have named them. */
export interface Erased {
  add(range: Range): void;
  covers(range: Range): boolean;
  spans(): number;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

export function createErased(): Erased {
  /** Apart from each other, in order. */
  const byClient = new Map<number, Span[]>();

  return {
    add({ client, clock, length }) {
      const spans = byClient.get(client) ?? [];
      byClient.set(client, spans);
      const from = firstReaching(spans, clock);
      let [to, start, end] = [from, clock, clock + length];
      for (let span = spans[to]; span !== undefined && span.start <= end; span = spans[to]) {
        [start, end] = [Math.min(start, span.start), Math.max(end, span.end)];
        to += 1;
      }
      spans.splice(from, to - from, { start, end });
    },
    covers({ client, clock, length }) {
      const spans = byClient.get(client) ?? [];
      const span = spans[firstReaching(spans, clock)];
      return span !== undefined && span.start <= clock && clock + length <= span.end;
    },
    spans: () => [...byClient.values()].reduce((sum, { length }) => sum + length, 0),
  };
}

/** The first that does not end in front of `clock`. */
function firstReaching(spans: readonly Span[], clock: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((spans[middle] as Span).end < clock) low = middle + 1;
    else high = middle;
  }
  return low;
}
