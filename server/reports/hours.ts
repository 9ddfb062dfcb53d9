import { sql, type Kysely, type RawBuilder } from "kysely";

import type { Report } from "#shared/protocol/http/reports.ts";
import { SLOT, SLOTS_A_DAY } from "#server/database/slots.ts";
import type { Database } from "#server/database/types.ts";

import type { Asked } from "./known.ts";
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
  asked: Asked,
): Promise<Pick<Report<"hours">, "week" | "busiest">> {
  const [from, to] = [asked.acted[0] as number, asked.acted.at(-1) as number];
  const { rows } = await sql<Row>`
    with told as (
      select a.slot + ${aheadAt(sql`a.slot`, offsetsBetween(asked.zone, from * SLOT, to * SLOT))} as slot, a.messages from activity a
      where ${within(scope, "a")} and a.slot >= ${from}::bigint and a.slot < ${to}::bigint),
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

/** How far the clocks were ahead, in quarters of an hour. Looked up, not tried one by one: there may be hundreds. */
function aheadAt(slot: RawBuilder<unknown>, clocks: ReturnType<typeof offsetsBetween>): RawBuilder<number> {
  const since = clocks.map((clock) => Math.floor(clock.since / SLOT));
  const ahead = clocks.map((clock) => Math.floor(clock.offset / SLOT));
  return sql<number>`(${ahead}::bigint[])[width_bucket(${slot}, ${since}::bigint[])]`;
}

function busiestOf(days: readonly { readonly day: number; readonly messages: number }[]) {
  const { day, messages } = days.reduce((most, one) => (one.messages > most.messages ? one : most));
  return { day: new Date(day * SLOTS_A_DAY * SLOT).toISOString().slice(0, 10), messages };
}
