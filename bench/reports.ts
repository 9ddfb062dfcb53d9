import type { Kysely } from "kysely";

import { reportNames, type ReportName, type SteppedQuery } from "#shared/protocol/http/reports.ts";
import type { Database } from "#server/database/types.ts";
import { readCalendar, type Calendar } from "#server/reports/calendar.ts";
import { makeReport } from "#server/reports/reports.ts";
import type { Scope } from "#server/reports/scope.ts";

import { askedOfEntries } from "./support/asked-of-entries.ts";
import { createCrowd, ENDED } from "./support/crowd-of-entries.ts";
import { median, percentile } from "./support/median.ts";
import { report } from "./support/report.ts";
import { throwAway } from "./support/throw-away.ts";

/**
 * Claim: over 1,000,000 projected entries of three years and 18,000 reports of them every report takes less than 200 ms for 95 of 100 questions:
 * of the whole platform, of a community with a third of it and of one channel, for three years by month, a year by
 * week, and a month by day, in zones whose days do not begin with those of UTC.
 * Baseline: the same questions asked of the entries themselves, each as one statement.
 */
const ENTRIES = Number(process.env["BENCH_ENTRIES"] ?? 1_000_000);
const ROUNDS = 5;

const RANGES: readonly SteppedQuery[] = [
  { from: "2023-01-01", to: "2025-12-31", by: "month", zone: "Europe/Berlin" },
  { from: "2025-01-01", to: "2025-12-31", by: "week", zone: "America/New_York" },
  { from: "2025-06-01", to: "2025-06-30", by: "day", zone: "Asia/Kolkata" },
];

await throwAway(async ({ db }) => {
  const { largest, people } = await createCrowd(db, ENTRIES);
  const asker = people[0] as string;
  const community = { community: largest.id, asker, judged: ["", "moderator", "member", "guest"] };
  const scopes: readonly Scope[] = [
    { of: "platform", asker },
    { of: "community", ...community, channels: largest.channels },
    { of: "channel", ...community, channels: largest.channels.slice(0, 1) },
  ];
  const questions = scopes.flatMap((scope) => RANGES.map((range) => ({ scope, calendar: calendarOf(range) })));
  // The entries take their time: the platform by month, the community by week, the channel by day.
  const few = questions.filter((_, index) => index % (RANGES.length + 1) === 0);
  const own = new Map<ReportName, readonly number[]>();
  const baseline = new Map<ReportName, readonly number[]>();
  for (const name of reportNames) {
    own.set(name, await times(ROUNDS, questions, (scope, calendar) => makeReport(db, name, scope, calendar)));
    baseline.set(name, await times(1, few, (scope, calendar) => askedOfEntries[name](db, scope, calendar)));
  }
  await compare(db, few);

  const p95 = byName(own, (all) => percentile(all, 0.95));
  const worst = Math.max(...Object.values(p95));
  const everything = [...own.values()].flat();
  report({
    bench: "reports",
    entries: ENTRIES,
    questions: everything.length,
    p50_ms: median(everything),
    p95_ms_by_report: p95,
    baseline_p50_ms_by_report: byName(baseline, median),
    baseline_worst_ms_by_report: byName(baseline, (all) => Math.max(...all)),
    slowest_report_p95_ms: worst,
    goal: "p95 of every report under 200 ms",
    ok: worst < 200,
  });
});

function calendarOf(range: SteppedQuery): Calendar {
  const calendar = readCalendar(range, ENDED);
  if (!calendar.ok) throw new Error(JSON.stringify(calendar.problem));
  return calendar.value;
}

interface Question {
  readonly scope: Scope;
  readonly calendar: Calendar;
}

/** How long each took, with a first round that nobody counts. */
async function times(
  rounds: number,
  questions: readonly Question[],
  ask: (scope: Scope, calendar: Calendar) => Promise<unknown>,
): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    for (const { scope, calendar } of questions) {
      const began = performance.now();
      await ask(scope, calendar);
      if (round > 0) taken.push(performance.now() - began);
    }
  }
  return taken;
}

/** Both ways must come to the same figures, else neither of the times means anything. */
async function compare(db: Kysely<Database>, questions: readonly Question[]): Promise<void> {
  for (const { scope, calendar } of questions) {
    const { steps } = await makeReport(db, "engagement", scope, calendar);
    const rows = (await askedOfEntries.engagement(db, scope, calendar)) as readonly Figures[];
    const told = steps.map(({ active, messages, replies, reactions }, index) => ({
      step: index + 1,
      active,
      messages,
      replies,
      reactions,
    }));
    const same = JSON.stringify(told.filter(({ active }) => active > 0)) === JSON.stringify(rows);
    if (!same)
      throw new Error(`The figures differ from the entries: ${JSON.stringify([told.slice(0, 3), rows.slice(0, 3)])}`);
  }
}

interface Figures {
  readonly step: number;
}

function byName(
  all: ReadonlyMap<ReportName, readonly number[]>,
  figure: (times: readonly number[]) => number,
): Readonly<Record<string, number>> {
  return Object.fromEntries([...all].map(([name, own]) => [name, figure(own)]));
}
