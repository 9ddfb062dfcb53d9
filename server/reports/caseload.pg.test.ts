import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import { aboutOf } from "#shared/entries/kinds/report.ts";
import type { MemberId } from "#shared/ids.ts";
import type { SteppedQuery } from "#shared/protocol/http/reports.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { BEGINNING, deskAct, deskWithHistory, QUARTER } from "#tests/support/desk-history.ts";
import { tellCase, type Told } from "#tests/support/told-case.ts";

import { readCalendar } from "./calendar.ts";
import { caseload } from "./caseload.ts";
import type { Scope } from "./scope.ts";

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.close());

function figures(reported: number, waits: readonly number[]) {
  const sorted = waits.toSorted((a, b) => a - b);
  const share = (part: number) => sorted[Math.ceil(part * sorted.length) - 1] ?? null;
  return { reported, settled: waits.length, median: share(0.5), ninth: share(0.9) };
}

function recounted(cases: readonly Told[], days: readonly string[], zone: string) {
  const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" });
  const reported = cases.flatMap((one) => one.reported.map((at) => clock.format(at)));
  const settled = cases.flatMap((one) => one.settled.map(({ at, wait }) => ({ day: clock.format(at), wait })));
  const within = (those: readonly string[]) =>
    figures(
      reported.filter((day) => those.includes(day)).length,
      settled.flatMap(({ day, wait }) => (those.includes(day) ? [wait] : [])),
    );
  return {
    steps: days.map((start) => ({ start, ...within([start]) })),
    total: { ...within(days), open: cases.filter(({ open }) => open).length },
  };
}

type Desk = Awaited<ReturnType<typeof deskWithHistory>>;

async function compare({ happened, community, channels, alice, bob, heidi }: Desk, range: SteppedQuery): Promise<void> {
  const calendar = readCalendar({ from: "2026-03-27", ...range }, BEGINNING);
  if (!calendar.ok) throw new Error("no calendar");
  const { starts, zone } = calendar.value;
  const cases = Map.groupBy(
    happened.filter((one) => one.case !== ""),
    (one) => one.case,
  );
  const agree = async (scope: Scope, counts: (key: string, about: MemberId) => boolean) => {
    const known = [...cases].filter(([key]) => counts(key, aboutOf(key) as MemberId));
    const expected = recounted(
      known.map(([, all]) => tellCase(all)),
      starts,
      zone,
    );
    expect(await caseload(database.db, scope, calendar.value)).toEqual(expected);
  };

  for (const [asker, judged] of [
    [alice, ["", "moderator", "member"]],
    [bob, ["", "member"]],
  ] as const) {
    const whole = { community, channels, asker, judged };
    const mayKnow = (about: MemberId) => asker === alice || about !== heidi;
    await agree({ of: "community", ...whole }, (_key, about) => mayKnow(about));
    for (const channel of channels)
      await agree(
        { of: "channel", ...whole, channels: [channel] },
        (key, about) => key.startsWith(`message/${channel}/`) && mayKnow(about),
      );
  }
  await agree({ of: "platform", asker: heidi }, (_key, about) => about !== heidi);
}

/** Reported where the day ends in Kathmandu, decided twice and taken back: what chance seldom comes to. */
const twiceAnswered = (["report", "decide", "decide", "take back"] as const).map((what, index) => ({
  what,
  who: 0,
  target: 0,
  outcome: "dismissed" as const,
  late: 0,
  unseen: 0,
  pause: index === 0 ? QUARTER : 1,
}));

test(
  "whatever is reported, taken back, reported again, decided late and opened again, the figures are those of a recount",
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(deskAct, { minLength: 4, maxLength: 24 }),
        fc.constantFrom("UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati"),
        async (acts, zone) => {
          // The platform is what this one did.
          await database.db.deleteFrom("report").execute();
          const desk = await deskWithHistory(database.db);
          for (const act of acts) await desk.act(act);
          for (const to of ["2026-03-27", "2026-03-29", "2026-04-05"]) await compare(desk, { zone, to });
        },
      ),
      { numRuns: 40, examples: [[twiceAnswered, "Asia/Kathmandu"]] },
    );
  },
);
