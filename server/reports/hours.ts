import { sql, type Kysely, type RawBuilder } from "kysely";

import type { Report } from "#shared/protocol/http/reports.ts";
import { SLOT, SLOTS_A_DAY } from "#server/database/slots.ts";
import type { Database } from "#server/database/types.ts";

import type { Calendar } from "./calendar.ts";
import { within, type Scope } from "./scope.ts";
import { offsetsBetween } from "./zone.ts";

const HOURS = 24;
const SLOTS_AN_HOUR = SLOTS_A_DAY / HOURS;
/** 1970 began on a Thursday. */
const SINCE_MONDAY = 3 * HOURS;

interface Row {
  /** Of the week, from Monday on; null in the lines of days. */
  readonly hour: number | null;
  readonly day: number | null;
  readonly messages: number;
}

/** When people write, by the clocks of a zone: also where these are put on and back within the range. */
export async function hours(
  db: Kysely<Database>,
  scope: Scope,
  calendar: Calendar,
): Promise<Pick<Report<"hours">, "week" | "busiest">> {
  const { bounds } = calendar;
  const { rows } = await sql<Row>`
    with told as (
      select a.slot + ${aheadAt(sql`a.slot`, calendar)} as slot, a.messages from activity a
      where ${within(scope, "a")} and a.slot >= ${bounds[0]}::bigint and a.slot < ${bounds.at(-1)}::bigint),
    placed as (
      select (slot / ${SLOTS_AN_HOUR}::bigint + ${SINCE_MONDAY}::bigint) % ${7 * HOURS}::bigint as hour,
        slot / ${SLOTS_A_DAY}::bigint as day, messages from told)
    select hour, day, sum(messages) as messages from placed group by grouping sets ((hour), (day)) order by day`.execute(
    db,
  );

  const byHour = new Map(rows.map(({ hour, messages }) => [hour, messages]));
  const days = rows.flatMap(({ day, messages }) => (day === null || messages === 0 ? [] : [{ day, messages }]));
  return {
    week: Array.from({ length: 7 }, (_, weekday) =>
      Array.from({ length: HOURS }, (_, hour) => byHour.get(weekday * HOURS + hour) ?? 0),
    ),
    busiest: days.length === 0 ? null : busiestOf(days),
  };
}

/** How far the clocks were ahead, in quarters of an hour. Most of what is counted was written under the last settings. */
function aheadAt(slot: RawBuilder<unknown>, { zone, bounds }: Calendar): RawBuilder<number> {
  const clocks = offsetsBetween(zone, (bounds[0] as number) * SLOT, (bounds.at(-1) as number) * SLOT);
  const [first, ...later] = clocks.map(({ since, offset }) => ({
    since: Math.floor(since / SLOT),
    ahead: Math.floor(offset / SLOT),
  }));
  const settings = later
    .toReversed()
    .map(({ since, ahead }) => sql`when ${slot} >= ${since}::bigint then ${ahead}::bigint`);
  return sql<number>`case ${sql.join(settings, sql` `)} ${settings.length === 0 ? sql`when false then 0` : sql``} else ${first?.ahead ?? 0}::bigint end`;
}

function busiestOf(days: readonly { readonly day: number; readonly messages: number }[]) {
  const { day, messages } = days.reduce((most, one) => (one.messages > most.messages ? one : most));
  return { day: new Date(day * SLOTS_A_DAY * SLOT).toISOString().slice(0, 10), messages };
}
