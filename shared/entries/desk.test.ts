import fc from "fast-check";
import { expect, test } from "vitest";

import type { EntryId, MemberId } from "../ids.ts";
import { foldDesk } from "./desk.ts";
import type { PlacedEntry } from "./fold.ts";
import type { Entry } from "./kinds.ts";

const people = ["alice", "bob", "carol"] as MemberId[];
const idOf = (n: number) => `01ARZ3NDEKTSV4RRFFQ${String(n).padStart(7, "0")}` as EntryId;
const KEYS = ["message/a", "message/b"];

const act = fc.record({
  kind: fc.constantFrom("claim", "remark", "decision", "docket"),
  author: fc.nat(2),
  key: fc.constantFrom(...KEYS),
  at: fc.integer({ min: 1, max: 12 }),
  flag: fc.boolean(),
  n: fc.integer({ min: 1, max: 12 }),
});
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

function placed({ kind, author, key, at, flag, n }: Act, id: number): PlacedEntry {
  const base = { id: idOf(id), at, case: key };
  const entry = {
    claim: { ...base, kind, on: flag },
    remark: { ...base, kind, body: `note ${n}` },
    decision: { ...base, kind, outcome: flag ? "dismissed" : "reopened", until: n },
    docket: { ...base, kind, about: "mallory", reports: n, grounds: [], first: 1, last: n, open: flag },
  }[kind] as unknown as Entry;
  return { author: kind === "docket" ? "sys" : (people[author] as MemberId), segment: 1, entry };
}

test("moderators who were apart see the same desk once they have met, in whatever order and however often it came", () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 30 }), fc.array(fc.nat(), { maxLength: 60 }), (acts, shuffle) => {
      const entries = acts.map(placed);
      const others = [...entries, ...shuffle.map((n) => entries[n % Math.max(1, entries.length)])]
        .filter((one) => one !== undefined)
        .toSorted(
          (a, b) => (shuffle[a.entry.at] ?? 0) - (shuffle[b.entry.at] ?? 0) || (a.entry.id < b.entry.id ? 1 : -1),
        );
      expect(foldDesk(others)).toEqual(foldDesk(entries));
    }),
  );
});

const docket = (more: object = {}): PlacedEntry => ({
  author: "sys",
  segment: 1,
  entry: {
    id: idOf(1),
    at: 10,
    kind: "docket",
    case: "message/a",
    about: "mallory",
    reports: 1,
    grounds: ["unkind"],
    first: 10,
    last: 10,
    open: true,
    ...more,
  } as unknown as Entry,
});
const said = (author: number, id: number, at: number, entry: object): PlacedEntry => ({
  author: people[author] as MemberId,
  segment: 1,
  entry: { id: idOf(id), at, case: "message/a", ...entry } as unknown as Entry,
});

test("whoever claimed first holds a case, until they let it go", () => {
  const claims = [said(1, 2, 12, { kind: "claim", on: true }), said(0, 3, 11, { kind: "claim", on: true })];
  expect(foldDesk([docket(), ...claims])[0]?.holders.map(({ by }) => by)).toEqual(["alice", "bob"]);
  const freed = [...claims, said(0, 4, 13, { kind: "claim", on: false })];
  expect(foldDesk([docket(), ...freed])[0]?.holders.map(({ by }) => by)).toEqual(["bob"]);
});

test("a decision closes a case at once, and not what was reported after it", () => {
  const decided = said(1, 2, 12, { kind: "decision", outcome: "dismissed", until: 10 });
  expect(foldDesk([docket(), decided])).toMatchObject([{ open: false, outcome: "dismissed" }]);
  expect(foldDesk([docket({ last: 11, reports: 2 }), decided])).toMatchObject([{ open: true }]);
  expect(
    foldDesk([docket(), decided, said(0, 3, 13, { kind: "decision", outcome: "reopened", until: 10 })]),
  ).toMatchObject([{ open: true }]);
  // What the server says later has taken it into account.
  expect(foldDesk([docket({ at: 20, open: true, last: 20 }), decided])).toMatchObject([{ open: true }]);
});

test("nobody speaks for the server, and the server for no moderator", () => {
  const forged = { ...docket({ reports: 9 }), author: people[0] as MemberId };
  expect(foldDesk([forged])).toEqual([]);
  const claim = { ...said(0, 2, 12, { kind: "claim", on: true }), author: "sys" as const };
  expect(foldDesk([docket(), claim])[0]?.holders).toEqual([]);
});
