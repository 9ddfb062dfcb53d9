import { expect, test } from "vitest";

import type { SteppedQuery } from "#shared/protocol/http/reports.ts";

import { readCalendar } from "./calendar.ts";
import { offsetAt, offsetsBetween } from "./zone.ts";

const NOW = Date.parse("2026-03-10T23:30:00Z");
const SLOT = 900_000;

function calendar(query: SteppedQuery) {
  const read = readCalendar(query, NOW);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  const { starts, bounds } = read.value;
  return { starts, bounds: bounds.map((bound) => new Date(bound * SLOT).toISOString().slice(0, 16)) };
}

test("a day begins at its zone's midnight, in quarters of an hour too, and is shorter when the clocks are put on", () => {
  expect(calendar({ from: "2024-03-31", to: "2024-03-31", zone: "Europe/Berlin" }).bounds).toEqual([
    "2024-03-30T23:00",
    "2024-03-31T22:00",
  ]);
  expect(calendar({ from: "2024-05-01", to: "2024-05-01", zone: "Asia/Kathmandu" }).bounds).toEqual([
    "2024-04-30T18:15",
    "2024-05-01T18:15",
  ]);
  expect(calendar({ from: "2024-05-01", to: "2024-05-01", zone: "America/St_Johns" }).bounds[0]).toBe(
    "2024-05-01T02:30",
  );
});

test("where the clocks jump over midnight, the day begins with what they jump to", () => {
  // Cairo, 26 April 2024: from 00:00 to 01:00.
  expect(calendar({ from: "2024-04-26", to: "2024-04-26", zone: "Africa/Cairo" }).bounds).toEqual([
    "2024-04-25T22:00",
    "2024-04-26T21:00",
  ]);
  // Samoa had no 30 December 2011: nothing can have been written on it.
  expect(calendar({ from: "2011-12-29", to: "2011-12-31", zone: "Pacific/Apia" }).bounds).toEqual([
    "2011-12-29T10:00",
    "2011-12-30T10:00",
    "2011-12-30T10:00",
    "2011-12-31T10:00",
  ]);
});

test("weeks begin on Monday, months on the first; the first step begins with the range", () => {
  expect(calendar({ from: "2024-02-28", to: "2024-03-12", by: "week" }).starts).toEqual([
    "2024-02-28",
    "2024-03-04",
    "2024-03-11",
  ]);
  expect(calendar({ from: "2023-12-15", to: "2024-02-01", by: "month" }).starts).toEqual([
    "2023-12-15",
    "2024-01-01",
    "2024-02-01",
  ]);
  expect(calendar({ from: "2004-07-05", to: "2006-01-01", by: "year" }).starts).toEqual([
    "2004-07-05",
    "2005-01-01",
    "2006-01-01",
  ]);
});

test("without a range it is the last thirty days, today in that zone included", () => {
  const { starts } = calendar({ zone: "Asia/Tokyo" });
  expect([starts.length, starts[0], starts.at(-1)]).toEqual([30, "2026-02-10", "2026-03-11"]);
});

test.for<[string, SteppedQuery, { field: string; problem: string }]>([
  ["a zone that does not exist", { zone: "Moon/Tycho" }, { field: "zone", problem: "invalid" }],
  ["a day that does not exist", { from: "2023-02-29", to: "2023-03-01" }, { field: "from", problem: "invalid" }],
  ["a last day that does not exist", { to: "2024-13-01" }, { field: "to", problem: "invalid" }],
  ["an end before the beginning", { from: "2024-02-02", to: "2024-02-01" }, { field: "to", problem: "invalid" }],
  ["a year before anything", { from: "1969-12-31", to: "1970-01-01" }, { field: "from", problem: "invalid" }],
  ["more steps than there may be", { from: "2004-01-01", to: "2018-01-01" }, { field: "to", problem: "too-long" }],
])("%s is refused", ([, query, field]) => {
  expect(readCalendar(query, NOW)).toEqual({ ok: false, problem: { kind: "invalid", fields: [field] } });
});

test("clocks that were put on and back are known to the minute", () => {
  const year = offsetsBetween("Europe/Berlin", Date.parse("2024-01-01T00:00:00Z"), Date.parse("2025-01-01T00:00:00Z"));
  expect(year.map(({ since, offset }) => [new Date(since).toISOString(), offset / 3_600_000])).toEqual([
    ["2024-01-01T00:00:00.000Z", 1],
    ["2024-03-31T01:00:00.000Z", 2],
    ["2024-10-27T01:00:00.000Z", 1],
  ]);
});

test("the clocks of Liberia went by three quarters of a minute, and those of Nepal go by quarters of an hour", () => {
  expect(offsetAt("Africa/Monrovia", 0)).toBe(-(44 * 60 + 30) * 1_000);
  expect(offsetAt("Asia/Kathmandu", Date.parse("2024-05-01"))).toBe((5 * 60 + 45) * 60_000);
  expect(offsetAt("UTC", NOW)).toBe(0);
});
