import { sql, type RawBuilder } from "kysely";

import { SLOTS_A_DAY } from "#server/database/slots.ts";

import { within, type Scope } from "./scope.ts";

/** Where steps begin and the last one ends, in quarters of an hour. */
export type Bounds = readonly number[];

/** The number of the step that a quarter of an hour lies in, from 1 on; 0 before all of them. */
export const stepOf = (slot: RawBuilder<unknown>, bounds: Bounds): RawBuilder<number> =>
  sql<number>`width_bucket(${slot}, ${bounds}::bigint[])`;

/**
 * What people did, as rows (step, channel, person, messages, replies, reactions). Whole days of UTC come from the table of days;
 * only where a step begins within such a day, its quarters of an hour are read. With `since` "ever", what was done
 * before the first step comes too, as step 0.
 */
export function actsIn(scope: Scope, bounds: Bounds, since: "ever" | "first step" = "first step"): RawBuilder<unknown> {
  const first = bounds[0] as number;
  const end = bounds.at(-1) as number;
  const cut = [...new Set(bounds.filter((bound) => bound % SLOTS_A_DAY !== 0).map(dayOf))];
  const begin = since === "ever" ? sql`true` : sql`a.slot >= ${first}::bigint`;
  const beginDay = since === "ever" ? sql`true` : sql`d.day >= ${Math.ceil(first / SLOTS_A_DAY)}::bigint`;

  return sql`(
    select ${stepOf(sql`d.day * ${SLOTS_A_DAY}::bigint`, bounds)} as step, d.channel, d.person, d.messages, d.replies, d.reactions
    from activity_day d
    where ${within(scope, "d")} and ${beginDay} and d.day < ${dayOf(end)}::bigint and d.day <> all(${cut}::bigint[])
    union all
    select ${stepOf(sql`a.slot`, bounds)}, a.channel, a.person, a.messages, a.replies, a.reactions
    from ${quartersOf(cut)} as cut (beginning, beyond)
    join activity a on a.slot >= cut.beginning and a.slot < cut.beyond
    where ${within(scope, "a")} and ${begin} and a.slot < ${end}::bigint)`;
}

const dayOf = (slot: number): number => Math.floor(slot / SLOTS_A_DAY);

/** Days that touch each other are one stretch. */
function quartersOf(days: readonly number[]): RawBuilder<unknown> {
  const stretches: { from: number; to: number }[] = [];
  for (const day of days) {
    const last = stretches.at(-1);
    if (last?.to === day) last.to = day + 1;
    else stretches.push({ from: day, to: day + 1 });
  }
  return sql`unnest(
    ${stretches.map(({ from }) => from * SLOTS_A_DAY)}::bigint[],
    ${stretches.map(({ to }) => to * SLOTS_A_DAY)}::bigint[])`;
}
