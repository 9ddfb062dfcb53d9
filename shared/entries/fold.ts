import { decodeTime } from "ulid";

import type { Author } from "../documents/names.ts";
import type { EntryId } from "../ids.ts";
import { kindOf, type Entry } from "./kinds.ts";
import { keyOf, type Placed, type Ref } from "./kind.ts";
import { compareRows, rearranged } from "./order.ts";
import type { Row } from "./row.ts";

export type PlacedEntry = Placed<Entry>;

/**
 * What people see of a set of entries. Pure in the set: the order and the number of arrivals do not matter, and taking
 * an entry out leads to where one would be had it never come in.
 */
export interface Fold {
  add(placed: PlacedEntry): void;
  /** Takes out one copy of an entry that was added before. */
  remove(placed: PlacedEntry): void;
  /** The timeline in its order. The same array until something changes; unchanged rows keep their identity. */
  rows(): readonly Row[];
  /** What is known under a key, shown or not. */
  row(key: string): Row | undefined;
  /** Whether this very entry is here, alive. */
  has(author: Author, id: EntryId): boolean;
  /** The state entry that stands for a key. */
  state(key: string): PlacedEntry | undefined;
  /** Every state entry that stands. */
  states(): readonly PlacedEntry[];
}

/** All that is known about one named entry: the entry itself, and what others say about it. */
interface Slot {
  readonly author: Author;
  readonly id: EntryId;
  /** The same entry may lie in a log twice, until the server has deleted the copy. */
  readonly copies: PlacedEntry[];
  readonly about: PlacedEntry[];
  /** The row as it stands in the timeline now. */
  shown: Row | undefined;
}

/** `openedAt` tells when a segment was opened: nothing in it stands before that. */
export function createFold(openedAt: (segment: number) => number = () => 0): Fold {
  const slots = new Map<string, Slot>();
  const stateLists = new Map<string, PlacedEntry[]>();
  const changed = new Set<Slot>();
  let rows: readonly Row[] = [];

  const inOrder = (a: PlacedEntry, b: PlacedEntry): number => compareRows(bareRow(a, openedAt), bareRow(b, openedAt));

  function slotAt(author: Author, id: EntryId): Slot {
    const key = keyOf(author, id);
    const slot = slots.get(key) ?? { author, id, copies: [], about: [], shown: undefined };
    slots.set(key, slot);
    return slot;
  }

  function change(placed: PlacedEntry, apply: (list: PlacedEntry[]) => void): void {
    const own = slotAt(placed.author, placed.entry.id);
    apply(own.copies);
    changed.add(own);
    for (const of of targetsOf(placed)) {
      const target = slotAt(of.author, of.id);
      apply(target.about);
      changed.add(target);
    }
    changeState(placed, apply);
  }

  function changeState(placed: PlacedEntry, apply: (list: PlacedEntry[]) => void): void {
    const key = kindOf(placed.entry).state?.(placed.entry);
    if (key === undefined) return;
    const list = stateLists.get(key) ?? [];
    apply(list);
    if (list.length > 0) stateLists.set(key, list);
    else stateLists.delete(key);
  }

  /** Of most entries there is one copy, and nothing is said about them. */
  const sorted = (list: readonly PlacedEntry[]): readonly PlacedEntry[] =>
    list.length < 2 ? list : list.toSorted(inOrder);

  const seen = (slot: Slot): Row =>
    distinct(sorted(slot.about)).reduce(told, firstRow(sorted(slot.copies)[0], slot, openedAt));

  /** Brings the timeline up to date with the slots that changed since it was last asked for. */
  function settle(): void {
    if (changed.size === 0) return;
    const slotsToShow = [...changed];
    const out = slotsToShow.map((slot) => slot.shown).filter((row) => row !== undefined);
    slotsToShow.forEach((slot) => (slot.shown = shownOrNothing(seen(slot))));
    const into = slotsToShow.map((slot) => slot.shown).filter((row) => row !== undefined);

    slotsToShow.filter(isEmpty).forEach(({ author, id }) => slots.delete(keyOf(author, id)));
    changed.clear();
    rows = out.length + into.length === 0 ? rows : rearranged(rows, out, into);
  }

  return {
    add: (placed) => change(placed, (list) => list.push(placed)),
    remove: (placed) => change(placed, (list) => takeOut(list, placed)),
    rows() {
      settle();
      return rows;
    },
    row(key) {
      const slot = slots.get(key);
      return slot === undefined ? undefined : seen(slot);
    },
    has: (author, id) => (slots.get(keyOf(author, id))?.copies.length ?? 0) > 0,
    state: (key) => latest(stateLists.get(key) ?? []),
    states: () => [...stateLists.values()].map(latest).filter((placed) => placed !== undefined),
  };
}

/** The entries that this one may say something about: a kind marked `own` counts only from its target's author. */
function targetsOf({ entry, author }: PlacedEntry): readonly Ref[] {
  const kind = kindOf(entry);
  const targets = kind.targets?.(entry) ?? [];
  return kind.own === true ? targets.filter((of) => of.author === author) : targets;
}

function bareRow({ author, entry, segment }: PlacedEntry, openedAt: (segment: number) => number): Row {
  const position = Math.max(entry.at, openedAt(segment));
  return { ...blank, key: keyOf(author, entry.id), author, id: entry.id, segment, at: entry.at, position };
}

function firstRow(
  placed: PlacedEntry | undefined,
  { author, id, about }: Slot,
  openedAt: (segment: number) => number,
): Row {
  if (placed !== undefined) return { ...bareRow(placed, openedAt), ...kindOf(placed.entry).row?.(placed.entry) };

  // What is erased has left nothing but its name. The name says when it was made, which is never after its retraction.
  const told = about.filter((one) => one.author === author).map(({ entry }) => entry.at);
  const at = Math.min(decodeTime(id), ...told);
  return { ...blank, key: keyOf(author, id), author, id, segment: 0, at, position: at };
}

const blank = { kind: "unknown", body: "", mentions: [], history: [], reactions: [] } satisfies Partial<Row>;

/** Copies say nothing more. In the timeline's order they stand side by side. */
const distinct = (sorted: readonly PlacedEntry[]): readonly PlacedEntry[] =>
  sorted.length < 2
    ? sorted
    : sorted.filter(
        ({ author, entry }, index) => sorted[index - 1]?.entry.id !== entry.id || sorted[index - 1]?.author !== author,
      );

const told = (row: Row, placed: PlacedEntry): Row => ({ ...row, ...kindOf(placed.entry).tell?.(row, placed) });

const shownOrNothing = (row: Row): Row | undefined => (row.kind === "unknown" ? undefined : row);

const isEmpty = (slot: Slot): boolean => slot.copies.length === 0 && slot.about.length === 0;

const latest = (list: readonly PlacedEntry[]): PlacedEntry | undefined =>
  list.reduce<PlacedEntry | undefined>(
    (last, next) => (last === undefined || isLater(next, last) ? next : last),
    undefined,
  );

/** Which of two state entries with one key stands, here and at the server that deletes the other. */
export const isLater = (a: PlacedEntry, b: PlacedEntry): boolean =>
  a.entry.at !== b.entry.at ? a.entry.at > b.entry.at : a.entry.id > b.entry.id;

function takeOut(list: PlacedEntry[], placed: PlacedEntry): void {
  const index = list.findIndex(({ author, entry }) => author === placed.author && entry.id === placed.entry.id);
  if (index >= 0) list.splice(index, 1);
}
