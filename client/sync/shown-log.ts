import { createSignal, onCleanup, type Accessor } from "solid-js";

import type { PlacedEntry } from "#shared/entries/fold.ts";
import { keyOf } from "#shared/entries/kind.ts";
import type { MemberId } from "#shared/ids.ts";

import type { Place } from "./acts.ts";
import { followHead } from "./follow-head.ts";
import { readInto } from "./read-into.ts";
import type { Stores } from "./stores.ts";

type Sources = Pick<Stores, "replicas" | "directories" | "unsent"> & { readonly me: MemberId };

/** Everything in the head of a log, and what waits to be sent there, each once. Kept current until the owner goes. */
export function createShownLog(
  place: Place,
  { replicas, directories, unsent, me }: Sources,
): Accessor<readonly PlacedEntry[]> {
  /** By name; the same entry may lie in a log twice until the server has deleted the copy. */
  const found = new Map<string, PlacedEntry[]>();
  const [entries, setEntries] = createSignal<readonly PlacedEntry[]>([]);
  let stopReading = (): void => undefined;

  function settle(): void {
    const waiting = unsent.of(place.channel).filter(({ entry }) => !found.has(keyOf(me, entry.id)));
    setEntries([
      ...[...found.values()].flatMap(([first]) => first ?? []),
      ...waiting.map(({ entry }): PlacedEntry => ({ author: me, segment: 0, entry })),
    ]);
  }

  const log = {
    add(placed: PlacedEntry) {
      const name = keyOf(placed.author, placed.entry.id);
      found.set(name, [...(found.get(name) ?? []), placed]);
    },
    remove({ author, entry }: PlacedEntry) {
      const name = keyOf(author, entry.id);
      const left = (found.get(name) ?? []).slice(1);
      if (left.length > 0) found.set(name, left);
      else found.delete(name);
    },
  };
  const stops = [
    followHead(place, { replicas, directories }, (replica) => {
      stopReading();
      stopReading = readInto(log, replica, settle);
    }),
    unsent.onChange(settle),
    () => stopReading(),
  ];
  settle();
  onCleanup(() => stops.forEach((stop) => stop()));
  return entries;
}
