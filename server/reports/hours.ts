import { sql, type Kysely } from "kysely";

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
  readonly kind: "hour" | "day";
  readonly unit: number;
  readonly messages: number;
}

/** When people write, by the clocks of a zone: also where these are put on and back within the range. */
export async function hours(
  db: Kysely<Database>,
  scope: Scope,
  { zone, bounds }: Calendar,
): Promise<Pick<Report<"hours">, "week" | "busiest">> {
  const [first, end] = [bounds[0] as number, bounds.at(-1) as number];
  const clocks = offsetsBetween(zone, first * SLOT, end * SLOT);
  const since = clocks.map((clock) => Math.floor(clock.since / SLOT));
  const ahead = clocks.map((clock) => Math.floor(clock.offset / SLOT));

  const { rows } = await sql<Row>`
    with said as (
      select slot, sum(messages)::integer as messages from activity a
      where ${within(scope, "a")} and a.slot >= ${first}::bigint and a.slot < ${end}::bigint group by slot),
    told as materialized (
      select slot + (${ahead}::bigint[])[width_bucket(slot, ${since}::bigint[])] as slot, messages from said),
    days as (select slot / ${SLOTS_A_DAY}::bigint as day, sum(messages) as messages from told group by day)
    select 'hour' as kind, (slot / ${SLOTS_AN_HOUR}::bigint + ${SINCE_MONDAY}::bigint) % ${7 * HOURS}::bigint as unit,
      sum(messages)::bigint as messages
    from told group by unit
    union all
    (select 'day', day, messages::bigint from days where messages > 0 order by messages desc, day limit 1)`.execute(db);

  const byHour = new Map(rows.filter(({ kind }) => kind === "hour").map(({ unit, messages }) => [unit, messages]));
  const day = rows.find(({ kind }) => kind === "day");
  return {
    week: Array.from({ length: 7 }, (_, weekday) =>
      Array.from({ length: HOURS }, (_, hour) => byHour.get(weekday * HOURS + hour) ?? 0),
    ),
    busiest: day === undefined ? null : { day: nameOf(day.unit), messages: day.messages },
  };
}

const nameOf = (day: number): string => new Date(day * SLOTS_A_DAY * SLOT).toISOString().slice(0, 10);
