import { createMemo, createSignal, type Accessor } from "solid-js";

import type { Delivery, Presence, Timeline } from "#client/sync/local.ts";
import { SYS, type Author } from "#shared/documents/names.ts";
import { createFold, type PlacedEntry } from "#shared/entries/fold.ts";
import { keyOf, keyOfRef, type Ref } from "#shared/entries/kind.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import type { Row } from "#shared/entries/row.ts";
import type { EntryId } from "#shared/ids.ts";

/** Loses the `id` and `at` of every kind without losing the union. */
type Unstamped<Value> = Value extends unknown ? Omit<Value, "id" | "at"> : never;
export type Saying = Unstamped<Entry> & { readonly at?: number; readonly id?: EntryId };

/** One channel as it stands on a device, over the real fold. */
export function createChannel(page: number) {
  const fold = createFold();
  const entries: PlacedEntry[] = [];
  const [changes, setChanges] = createSignal(0);
  const [onDevice, setOnDevice] = createSignal<ReadonlySet<string>>(new Set());
  const [presence, setPresence] = createSignal<Presence>({ online: 0, some: [], typing: [] });
  const [late, setLate] = createSignal<readonly string[]>([]);
  const [shown, setShown] = createSignal(page);

  return {
    page,
    presence,
    setPresence,
    late,
    setLate,
    shown,
    setShown,
    /** Not a memo: the fold itself answers with the same array until something changes. */
    rows: (): readonly Row[] => (changes(), fold.rows()),
    row: (key: string) => fold.row(key),
    entries: (): readonly PlacedEntry[] => (changes(), [...entries]),
    isOnDevice: (key: string) => onDevice().has(key),
    add(author: Author, saying: Saying & { readonly id: EntryId; readonly at: number }, delivery: Delivery) {
      const entry = saying as Entry;
      const before = fold.rows().length;
      fold.add({ author, segment: 1, entry });
      entries.push({ author, segment: 1, entry });
      setShown((count) => count + Math.max(0, fold.rows().length - before));
      if (delivery === "device") setOnDevice((keys) => new Set(keys).add(keyOf(author, entry.id)));
      if (entry.kind === "late" && author === SYS) setLate((keys) => [...keys, ...entry.of.map(keyOfRef)]);
      setChanges((count) => count + 1);
    },
    delivered(of: Ref) {
      setOnDevice((keys) => new Set([...keys].filter((key) => key !== keyOfRef(of))));
    },
  };
}

/** As it is when it is looked at anew. */
export function opened(channel: ReturnType<typeof createChannel>): typeof channel {
  channel.setShown(channel.page);
  return channel;
}

/** What is shown of it. */
export function timelineOf(channel: Accessor<ReturnType<typeof createChannel>>): Timeline {
  const rows = createMemo(() => channel().rows().slice(-channel().shown()));

  return {
    rows,
    delivery: (row) => (channel().isOnDevice(row.key) ? "device" : "server"),
    state: () => "ready",
    before: () => (channel().rows().length > rows().length ? "more" : "start"),
    after: () => "end",
    loadBefore: async () => void channel().setShown((shown) => shown + channel().page),
    loadAfter: async () => {},
    async show(of) {
      const from = channel()
        .rows()
        .findIndex((row) => row.key === keyOfRef(of));
      if (from >= 0) channel().setShown((shown) => Math.max(shown, channel().rows().length - from + channel().page));
      return from >= 0;
    },
    showNewest: async () => {},
    late: () => rows().filter((row) => channel().late().includes(row.key)),
    dismissLate: () => channel().setLate([]),
    find: (of) => channel().row(keyOfRef(of)),
    presence: () => channel().presence(),
  };
}
