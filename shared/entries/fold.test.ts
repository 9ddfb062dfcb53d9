import * as fc from "fast-check";
import { ulid } from "ulid";
import { expect, test } from "vitest";

import { SYS } from "../documents/names.ts";
import type { EntryId, MemberId } from "../ids.ts";
import { createFold, type Fold, type PlacedEntry } from "./fold.ts";
import type { Entry } from "./kinds.ts";

const alice = "0190c2a0-0000-7000-8000-00000000000a" as MemberId;
const bob = "0190c2a0-0000-7000-8000-00000000000b" as MemberId;
const mallory = "0190c2a0-0000-7000-8000-00000000000c" as MemberId;
const T = 1_700_000_000_000;

const idAt = (at: number, seed: number): EntryId => ulid(at, () => (seed % 32) / 32) as EntryId;
const say = (author: MemberId, at: number, body: string, seed = 0, segment = 1): PlacedEntry => ({
  author,
  segment,
  entry: { id: idAt(at, seed), at, kind: "message", body },
});
const about = (author: MemberId, at: number, rest: Record<string, unknown>, segment = 1): PlacedEntry => ({
  author,
  segment,
  entry: { id: idAt(at, 1), at, ...rest } as unknown as Entry,
});
const refTo = ({ author, entry }: PlacedEntry) => ({ author: author as MemberId, id: entry.id });

function folded(...entries: readonly PlacedEntry[]): Fold {
  const fold = createFold();
  entries.forEach(fold.add);
  return fold;
}
const bodies = (fold: Fold): string[] => fold.rows().map(({ body }) => body);

test("messages stand in the order of their times, whoever came first", () => {
  expect(bodies(folded(say(bob, T + 2, "hello?"), say(alice, T + 1, "anyone around?")))).toEqual([
    "anyone around?",
    "hello?",
  ]);
});

test("an edit shows the new wording and keeps the old one as history", () => {
  const said = say(alice, T, "helo");
  const [row] = folded(said, about(alice, T + 5, { kind: "edit", of: refTo(said), body: "hello" })).rows();
  expect(row).toMatchObject({ body: "hello", edited: T + 5, history: [{ at: T, body: "helo" }] });
});

test("nobody edits or retracts what somebody else said", () => {
  const said = say(alice, T, "mine");
  const fold = folded(
    said,
    about(mallory, T + 1, { kind: "edit", of: refTo(said), body: "yours" }),
    about(mallory, T + 2, { kind: "retract", of: refTo(said) }),
  );
  expect(bodies(fold)).toEqual(["mine"]);
});

test("a line for something that names itself after a time to come stands where it was taken back", () => {
  const said = say(mallory, T + 1_000_000_000, "pinned");
  const rows = folded(about(mallory, T + 1, { kind: "retract", of: refTo(said) }), say(bob, T + 2, "after it")).rows();
  expect(rows.map(({ kind }) => kind)).toEqual(["removed", "message"]);
});

test("what is retracted leaves a line without words, before and after the server deleted it", () => {
  const said = say(alice, T, "oops");
  const retract = about(alice, T + 1, { kind: "retract", of: refTo(said) });
  const before = folded(said, retract).rows();
  const after = folded(retract).rows();

  expect(before).toMatchObject([{ kind: "removed", body: "" }]);
  expect(after).toMatchObject([{ kind: "removed", body: "", position: T }]);
});

test("a retracted edit leaves no line of its own", () => {
  const edit = about(alice, T + 1, { kind: "edit", of: refTo(say(alice, T, "a")), body: "b" });
  expect(folded(about(alice, T + 2, { kind: "retract", of: refTo(edit), what: "edit" })).rows()).toEqual([]);
});

test("one person has one vote for each reaction, and the last one counts", () => {
  const said = say(alice, T, "tea?");
  const vote = (who: MemberId, at: number, on: boolean) =>
    about(who, at, { kind: "reaction", of: refTo(said), key: "👍", on });
  const [row] = folded(
    said,
    vote(bob, T + 1, true),
    vote(bob, T + 3, true),
    vote(alice, T + 2, true),
    vote(alice, T + 4, false),
  ).rows();
  expect(row?.reactions).toEqual([{ key: "👍", by: [bob] }]);
});

test("the later of hiding and restoring stands", () => {
  const said = say(alice, T, "rude");
  const hide = about(bob, T + 1, { kind: "hide", of: refTo(said), reason: "rude" });
  const restore = about(mallory, T + 2, { kind: "restore", of: refTo(said) });
  expect(folded(said, hide).rows()[0]?.hidden).toEqual({ by: bob, reason: "rude" });
  expect(folded(said, restore, hide).rows()[0]?.hidden).toBeUndefined();
});

test("nothing stands before its segment was opened", () => {
  const fold = createFold((segment) => (segment === 2 ? T + 100 : 0));
  fold.add(say(alice, T + 1, "written before the roll", 0, 2));
  fold.add(say(bob, T + 50, "the last of the old segment"));
  expect(bodies(fold)).toEqual(["the last of the old segment", "written before the roll"]);
});

test("late arrivals say when they were received", () => {
  const said = say(alice, T, "from the train");
  const late = {
    ...about(alice, T + 9, { kind: "late", of: [refTo(said)], received: T + 9 }),
    author: SYS,
  } as PlacedEntry;
  expect(folded(late, said).rows()[0]?.received).toBe(T + 9);
});

test("of two states with one key the later stands", () => {
  const channel = alice;
  const state = (at: number, read: number) => about(alice, at, { kind: "marker", channel, read });
  const fold = folded(state(T + 2, 20), state(T + 1, 10));
  expect(fold.state(`marker/${channel}`)?.entry).toMatchObject({ read: 20 });
});

// ---- The fold is pure

const authors = [alice, bob, mallory] as const;
const history = fc
  .array(
    fc.record({
      author: fc.constantFrom(...authors),
      at: fc.integer({ min: T, max: T + 40 }),
      kind: fc.constantFrom("message", "edit", "retract", "reaction", "hide", "restore"),
      target: fc.nat(20),
      segment: fc.constantFrom(1, 2, 3),
      on: fc.boolean(),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((steps) => {
    const placed: PlacedEntry[] = [];
    steps.forEach(({ author, at, kind, target, segment, on }, index) => {
      const id = ulid(at, () => (index % 32) / 32) as EntryId;
      const other = placed[target % Math.max(1, placed.length)];
      const of = other === undefined ? { author, id } : refTo(other);
      const entry = {
        id,
        at,
        kind,
        ...(kind === "message" ? { body: `m${index}` } : { of }),
        ...extras(kind, on, index),
      };
      placed.push({ author, segment, entry: entry as unknown as Entry });
    });
    return [...new Map(placed.map((one) => [`${one.author} ${one.entry.id}`, one])).values()];
  });

function extras(kind: string, on: boolean, index: number): Record<string, unknown> {
  if (kind === "edit") return { body: `e${index}` };
  if (kind === "reaction") return { key: on ? "👍" : "❤️", on: index % 3 !== 0 };
  return kind === "hide" ? { reason: `r${index}` } : {};
}

const openedAt = (segment: number): number => T + (segment - 1) * 10;
function foldOf(entries: readonly PlacedEntry[]): Fold {
  const fold = createFold(openedAt);
  entries.forEach(fold.add);
  return fold;
}

test("any order and any number of arrivals fold to the same timeline", () => {
  fc.assert(
    fc.property(history, fc.infiniteStream(fc.nat()), (entries, numbers) => {
      const doubled = entries.flatMap((entry) => (numbers.next().value % 3 === 0 ? [entry, entry] : [entry]));
      const shuffled = doubled
        .map((entry) => [numbers.next().value as number, entry] as const)
        .toSorted(([a], [b]) => a - b)
        .map(([, entry]) => entry);
      expect(foldOf(shuffled).rows()).toEqual(foldOf(entries).rows());
    }),
  );
});

test("folding step by step, looking after every step, equals folding from scratch", () => {
  fc.assert(
    fc.property(history, (entries) => {
      const fold = createFold(openedAt);
      entries.forEach((entry, index) => {
        fold.add(entry);
        expect(fold.rows()).toEqual(foldOf(entries.slice(0, index + 1)).rows());
      });
      entries.toReversed().forEach((entry, index) => {
        fold.remove(entry);
        expect(fold.rows()).toEqual(foldOf(entries.slice(0, entries.length - index - 1)).rows());
      });
    }),
  );
});
