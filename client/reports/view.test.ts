import { expect, test } from "vitest";

import { inZone, paramsOf, readView, usualStep, type Params } from "./view.ts";

const NOW = Date.parse("2026-03-10T23:30:00Z");
const read = (params: Params = {}) => readView(params, NOW, "Asia/Tokyo");

test("an address without anything shows the last thirty days of one's own zone", () => {
  expect(read()).toEqual({
    tab: "engagement",
    channel: undefined,
    from: "2026-02-10",
    to: "2026-03-11",
    by: "day",
    zone: "Asia/Tokyo",
  });
});

test("a view comes back from its address, in whatever zone it is opened", () => {
  const view = read({
    report: "retention",
    in: "a-channel",
    from: "2004-07-05",
    to: "2018-01-01",
    by: "year",
    zone: "UTC",
  });
  expect(readView(paramsOf(view), NOW + 1e10, "Europe/Berlin")).toEqual(view);
});

test.for<[string, Params, Params]>([
  ["a report that there is not", { report: "weather" }, { report: "engagement" }],
  ["a zone that there is not", { zone: "Moon/Tycho" }, { zone: "Asia/Tokyo" }],
  ["a day that there is not", { to: "2026-02-44" }, { to: "2026-03-11" }],
  ["an end before the beginning", { from: "2026-02-02", to: "2026-02-01" }, { from: "2026-02-01", to: "2026-02-01" }],
  ["more steps than the server counts", { from: "2004-01-01", to: "2018-01-01", by: "day" }, { by: "year" }],
])("%s is replaced by what is usual", ([, params, shown]) => {
  expect(paramsOf(read(params))).toMatchObject(shown);
});

test("steps grow with the range, and cohorts are fewer", () => {
  const of = (from: string, tab: "engagement" | "retention" = "engagement") =>
    usualStep({ tab, from, to: "2018-01-01" });
  expect(["2017-12-01", "2017-06-01", "2014-01-01", "2004-01-01"].map((from) => of(from))).toEqual([
    "day",
    "week",
    "month",
    "year",
  ]);
  expect(of("2017-11-03", "retention")).toBe("week");
});

test("in another zone the last thirty days are the last thirty there, and other days stay as they are", () => {
  expect(inZone(read(), "UTC", NOW)).toMatchObject({ zone: "UTC", from: "2026-02-09", to: "2026-03-10" });
  const other = read({ from: "2026-01-01", to: "2026-03-01" });
  expect(inZone(other, "UTC", NOW)).toEqual({ ...other, zone: "UTC" });
});
