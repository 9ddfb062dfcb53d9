import "#tests/support/no-canvas.ts";

import { cleanup, render, screen, within } from "@solidjs/testing-library";
import { createSignal } from "solid-js";
import { afterEach, expect, test } from "vitest";

import type { ApiProblem } from "#client/api/problem.ts";
import type { Report, ReportName } from "#shared/protocol/http/reports.ts";
import { fail, ok, type Result } from "#shared/result.ts";

import { BusiestHours } from "./BusiestHours.tsx";
import { createReport } from "./create-report.ts";
import { DataTable } from "./DataTable.tsx";
import { Moderation } from "./Moderation.tsx";
import { isEmpty } from "./Nothing.tsx";
import { Retention } from "./Retention.tsx";

afterEach(cleanup);

const head = { from: "2024-01-01", to: "2024-03-31", zone: "UTC", at: 0, complete: true, known: null };

test("a table names its columns and its lines, and can be reached and scrolled with the keyboard", () => {
  render(() => (
    <DataTable
      caption="Messages by month"
      columns={[
        { name: "Month", cell: (line) => line.month },
        { name: "Messages", cell: (line) => line.messages },
      ]}
      lines={[
        { month: "January", messages: 7 },
        { month: "February", messages: 11 },
      ]}
    />
  ));
  const table = screen.getByRole("table", { name: "Messages by month" });
  expect(
    within(table)
      .getAllByRole("columnheader")
      .map((cell) => cell.textContent),
  ).toEqual(["Month", "Messages"]);
  expect(within(table).getByRole("row", { name: "February 11" })).toBeTruthy();
  expect(within(table).getByRole("rowheader", { name: "January" })).toBeTruthy();
  expect(screen.getByRole("region", { name: "Messages by month" }).tabIndex).toBe(0);
});

test("the busiest hours are told by hour and weekday, and the chart sends those who cannot see it there", () => {
  const week = Array.from({ length: 7 }, (_, day) =>
    Array.from({ length: 24 }, (_, hour) => (hour === 9 ? day * 1_000 : 0)),
  );
  render(() => <BusiestHours report={{ ...head, week, busiest: null }} />);

  expect(screen.getByRole("row", { name: "09 0 1,000 2,000 3,000 4,000 5,000 6,000" })).toBeTruthy();
  expect(screen.getByRole("img", { name: "Busiest hours, 00 to 23. The table says the same." })).toBeTruthy();
});

test("who stays is told as a share of those who were new, and nothing of steps that are still to come", () => {
  render(() => (
    <Retention
      report={{
        ...head,
        by: "month",
        cohorts: [
          { start: "2024-01-01", active: [8, 4, 2] },
          { start: "2024-02-01", active: [0, 0] },
          { start: "2024-03-01", active: [5] },
        ],
      }}
    />
  ));
  const lines = within(screen.getByRole("table"))
    .getAllByRole("row")
    .map((row) => row.textContent);
  expect(lines.slice(1)).toEqual(["Mar 20245", "Jan 2024850%25%"]);
});

test("what came to moderators is told in figures and by step, and what waits now is something even where nothing else is", () => {
  const acts = { hidden: 0, restored: 0, median: null };
  const first = { reported: 3, settled: 2, median: 90_000, ninth: 7_200_000 };
  const last = { reported: 1, settled: 0, median: null, ninth: null };
  const report: Report<"moderation"> = {
    ...head,
    by: "month",
    steps: [
      { start: "2024-01-01", ...acts },
      { start: "2024-02-01", ...acts },
    ],
    moderators: [],
    caseload: {
      steps: [
        { start: "2024-01-01", ...first },
        { start: "2024-02-01", ...last },
      ],
      total: { ...first, reported: 4, open: 1 },
    },
  };
  render(() => <Moderation report={report} />);

  const figure = (name: string) => screen.getByText(name, { selector: "dt" }).nextElementSibling?.textContent;
  expect(["Cases waiting now", "Reports and appeals", "Cases settled", "Half of them within"].map(figure)).toEqual([
    "1",
    "4",
    "2",
    "1.5 min",
  ]);
  const table = screen.getByRole("table", { name: "What was reported and settled, and how long it waited" });
  const lines = within(table)
    .getAllByRole("row")
    .map((row) => row.textContent);
  expect(lines.slice(1)).toEqual(["Feb 202410––", "Jan 2024321.5 min2 h"]);
  expect(screen.getByRole("img", { name: /^Reports and appeals, Jan 2024 to Feb 2024/ })).toBeTruthy();

  const waiting = { reported: 0, settled: 0, median: null, ninth: null, open: 1 };
  const of = (total: Report<"moderation">["caseload"]["total"]) => ({ ...report, caseload: { steps: [], total } });
  expect(isEmpty("moderation", of(waiting))).toBe(false);
  expect(isEmpty("moderation", of({ ...waiting, open: 0 }))).toBe(true);
});

test("a report stays while the next one is asked for, is never shown as another one, and comes when the network does", async () => {
  const waiting: ((answer: Result<Report<never>, ApiProblem>) => void)[] = [];
  const [name, setName] = createSignal<ReportName>("hours");
  const [isOffline, setOffline] = createSignal(false);
  const query = { from: "2024-01-01", to: "2024-03-31" };

  let asked!: ReturnType<typeof createReport>;
  render(() => {
    asked = createReport(
      () => new Promise((resolve) => waiting.push(resolve)),
      () => ({ subject: { scope: "platform" }, name: name(), query }),
      isOffline,
    );
    return null;
  });
  const answer = async (result: Result<unknown, ApiProblem>) => {
    waiting.shift()?.(result as never);
    await Promise.resolve();
  };

  await answer(ok({ ...head, week: [], busiest: null }));
  expect(asked.report("hours")).toBeDefined();
  setName("popular");
  expect(asked.report("popular")).toBeUndefined();
  setName("hours");
  expect(waiting).toHaveLength(2);
  // Nobody waits for the first of these any more.
  await answer(ok({ ...head, messages: [], places: [] }));
  await answer(fail({ kind: "offline", detail: "" }));
  expect(asked.problem()?.kind).toBe("offline");
  expect(asked.report("hours")).toBeDefined();
  setOffline(true);
  setOffline(false);
  expect(waiting).toHaveLength(2);
});
