import { logDocument } from "#shared/documents/names.ts";
import type { Fold } from "#shared/entries/fold.ts";

import type { Directories } from "./directories.ts";
import type { Place } from "./acts.ts";
import { readInto } from "./read-into.ts";
import type { Replica } from "./replica.ts";
import type { Replicas } from "./replicas.ts";

/** The segments of a channel that are read into its fold: some that follow each other, and always the head. */
export interface SegmentWindow {
  /** First and last of those that follow each other. */
  readonly range: () => Range;
  readonly replica: (segment: number) => Replica | undefined;
  /** Reads these and no others beside the head. False where one cannot be had now; then nothing changes. */
  readonly moveTo: (range: Range) => Promise<boolean>;
  /** The channel goes on in another segment. */
  readonly setHead: (head: number) => void;
  readonly close: () => void;
}

export interface Range {
  readonly first: number;
  readonly last: number;
}

export interface WindowDependencies {
  readonly place: Place;
  readonly fold: Pick<Fold, "add" | "remove">;
  readonly replicas: Replicas;
  readonly directories: Directories;
  /** Whether the server can be asked. */
  readonly isOnline: () => boolean;
  readonly onConnection: (listener: () => void) => () => void;
  readonly changed: () => void;
}

interface Segment {
  readonly replica: Replica;
  readonly close: () => void;
}

export function createSegmentWindow(deps: WindowDependencies): SegmentWindow {
  const { place, replicas, fold, changed } = deps;
  const segments = new Map<number, Segment>();
  let range: Range = { first: 0, last: 0 };
  let head = 0;

  function open(n: number): Segment {
    const found = segments.get(n);
    if (found !== undefined) return found;
    const opened = replicas.open(logDocument(place.log, place.channel, n));
    const stopReading = readInto(fold, opened.replica, changed);
    const stopListening = opened.replica.onChange(changed);
    const segment = {
      replica: opened.replica,
      close() {
        stopReading();
        stopListening();
        opened.close();
      },
    };
    segments.set(n, segment);
    return segment;
  }

  const isNeeded = (n: number): boolean => n === head || (n >= range.first && n <= range.last);

  function closeOthers(): void {
    for (const [n, segment] of segments) {
      if (isNeeded(n)) continue;
      segments.delete(n);
      segment.close();
    }
  }

  function setRange(next: Range): void {
    range = next;
    closeOthers();
    changed();
  }

  return {
    range: () => range,
    replica: (n) => segments.get(n)?.replica,
    async moveTo(next) {
      const numbers = Array.from({ length: next.last - next.first + 1 }, (_, index) => next.first + index);
      const isHere = await Promise.all(numbers.map((n) => arrival(open(n).replica, deps)));
      if (isHere.every(Boolean)) setRange(next);
      else closeOthers();
      return isHere.every(Boolean);
    },
    setHead(next) {
      open(next);
      const wasAtEnd = range.last === head;
      head = next;
      setRange(wasAtEnd ? { first: range.first === 0 ? next : range.first, last: next } : range);
    },
    close() {
      segments.forEach((segment) => segment.close());
      segments.clear();
    },
  };
}

/** Resolves when a replica has something to show; false when it cannot come now. */
function arrival(replica: Replica, { isOnline, onConnection }: WindowDependencies): Promise<boolean> {
  return new Promise((resolve) => {
    const look = (): void => {
      const state = replica.state();
      const isHere = state === "stored" || state === "synced";
      if (!isHere && (state === "loading" || isOnline())) return;
      stops.forEach((stop) => stop());
      resolve(isHere);
    };
    const stops = [replica.onChange(look), onConnection(look)];
    look();
  });
}
