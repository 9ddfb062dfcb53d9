import { expect, test } from "vitest";

import type { Row } from "#shared/entries/row.ts";

import { grewAtStart, linesOf } from "./lines.ts";

const MINUTE = 60_000;
const NOON = new Date(2026, 10, 21, 12).getTime();

const row = (author: string, at: number, more: Partial<Row> = {}): Row =>
  ({
    key: `${author} ${at}`,
    author,
    id: String(at),
    segment: 1,
    at,
    position: at,
    kind: "message",
    body: "hello",
    mentions: [],
    history: [],
    reactions: [],
    ...more,
  }) as unknown as Row;

const shape = (rows: readonly Row[], after?: number, until = Infinity) =>
  linesOf(rows, after === undefined ? undefined : { after, me: "alice", until }).map((line) =>
    line.kind === "row"
      ? `${line.row.author}${line.starts ? "!" : ""}`
      : line.kind === "new"
        ? `new ${line.count}`
        : line.kind,
  );

test("messages of one author within five minutes are one run", () => {
  expect(shape([row("bob", NOON), row("bob", NOON + 4 * MINUTE), row("bob", NOON + 10 * MINUTE)])).toEqual([
    "edge",
    "date",
    "bob!",
    "bob",
    "bob!",
  ]);
});

test("an answer, another author and what the server says begin anew", () => {
  const answer = row("bob", NOON + 1, { re: { author: "alice", id: "1" } as never });
  const notice = row("bob", NOON + 3, { kind: "notice" });
  expect(shape([row("bob", NOON), answer, row("alice", NOON + 2), notice, row("bob", NOON + 4)])).toEqual([
    "edge",
    "date",
    "bob!",
    "bob!",
    "alice!",
    "bob!",
    "bob!",
  ]);
});

test("a date stands between two days", () => {
  expect(shape([row("bob", NOON), row("bob", NOON + 24 * 60 * MINUTE)])).toEqual([
    "edge",
    "date",
    "bob!",
    "date",
    "bob!",
  ]);
});

test("one line before the first unread says how many there are; one's own and hidden ones do not count", () => {
  const rows = [
    row("bob", NOON),
    row("alice", NOON + 1),
    row("bob", NOON + 2),
    row("bob", NOON + 3, { hidden: { by: "x", reason: "" } as never }),
    row("carol", NOON + 4),
  ];
  expect(shape(rows, NOON)).toEqual(["edge", "date", "bob!", "alice!", "new 2", "bob!", "bob", "carol!"]);
});

test("what is said before one's eyes begins no line, however much it is", () => {
  const rows = [row("bob", NOON), row("bob", NOON + 2_000), row("carol", NOON + 3_000)];

  expect(shape(rows, NOON, NOON + 1_000)).not.toContain("new 2");
  expect(shape(rows, NOON, NOON + 2_000)).toContain("new 2");
});

test("the list holds on to its end only when rows came before the others", () => {
  const [a, b, c] = [row("bob", NOON), row("bob", NOON + 1), row("bob", NOON + 2)];
  const lines = (rows: readonly Row[]) => linesOf(rows);

  expect(grewAtStart(lines([b, c]), lines([a, b, c]))).toBe(true);
  expect(grewAtStart(lines([a, b]), lines([a, b, c]))).toBe(false);
  expect(grewAtStart(lines([a, c]), lines([a, b, c]))).toBe(false);
  expect(grewAtStart(lines([]), lines([a]))).toBe(false);
});
