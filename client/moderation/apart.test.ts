import { expect, test } from "vitest";

import type { DeskCase } from "#shared/entries/desk.ts";
import type { MemberId } from "#shared/ids.ts";
import type { ModerationCase } from "#shared/protocol/http/moderation.ts";

import { withApart } from "./apart.ts";

const bob = { id: "bob" as MemberId, name: "Bob" };
const told = (key: string, more: Partial<ModerationCase> = {}): ModerationCase => ({
  case: key,
  open: true,
  first: 1,
  last: 5,
  about: { person: bob, messages: 1, hidden: 0, cases: 1, measures: [] },
  reports: [
    { reporter: bob, ground: "spam", note: "", at: 1 },
    { reporter: bob, ground: "spam", note: "", at: 5 },
  ],
  messages: [],
  settlements: [],
  ...more,
});
const onDesk = (key: string, last: number): DeskCase => ({
  case: key,
  about: bob.id,
  reports: 1,
  grounds: [],
  first: 1,
  last,
  open: true,
  holders: [],
  remarks: [],
});

test("a case that does not lie on the desk stands among those that do, by its last report", () => {
  const desk = [onDesk("a", 9), onDesk("c", 2)];
  expect(withApart(desk, [told("b", { apart: true }), told("a", { apart: true }), told("gone")])).toMatchObject([
    { case: "a" },
    { case: "b", apart: true, reports: 2, grounds: ["spam"], open: true },
    { case: "c" },
  ]);
});

test("its outcome is the last that counts", () => {
  const settlements: ModerationCase["settlements"] = [
    { by: bob, outcome: "hidden", at: 9, late: true },
    { by: bob, outcome: "dismissed", at: 8 },
  ];
  expect(withApart([], [told("b", { apart: true, open: false, settlements })])).toMatchObject([
    { outcome: "dismissed" },
  ]);
  expect(withApart([], [told("b", { apart: true })])[0]).not.toHaveProperty("outcome");
});
