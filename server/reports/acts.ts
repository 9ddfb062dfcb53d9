import { sql, type RawBuilder } from "kysely";

import { SLOTS_A_DAY } from "#server/database/slots.ts";

import { within, type Scope } from "./scope.ts";

/** Where steps begin and the last one ends, in quarters of an hour. */
export type Bounds = readonly number[];

/** The number of the step that a quarter of an hour lies in, from 1 on; 0 before all of them. */
export const stepOf = (slot: RawBuilder<unknown>, bounds: Bounds): RawBuilder<number> =>
  sql<number>`width_bucket(${slot}, ${bounds}::bigint[])`;

/**
 * What people did, as rows (step, channel, person, messages, replies, reactions). Whole days of UTC come from the table
 * of days; only where a step begins within such a day, its quarters of an hour are read. With `since` "ever", what was
 * done before the first step comes too, as step 0.
 */
export function actsIn(scope: Scope, bounds: Bounds, since: "ever" | "first step" = "first step"): RawBuilder<unknown> {
  const pieces = bounds.slice(1).map((to, index) => pieceOf(index + 1, bounds[index] as number, to));
  const before = since === "ever" ? pieceOf(0, 0, bounds[0] as number) : undefined;
  const days = pieces.flatMap(({ step, first, beyond }) =>
    Array.from({ length: Math.max(0, beyond - first) }, (_, index) => ({ step, day: first + index })),
  );
  const quarters = [before ?? [], pieces]
    .flat()
    .flatMap(({ step, edges }) => edges.map(([from, to]) => ({ step, from, to })));

  return sql`(
    select s.step, d.channel, d.person, d.messages, d.replies, d.reactions
    from activity_day d
    join unnest(${days.map(({ day }) => day)}::bigint[], ${days.map(({ step }) => step)}::integer[]) as s (day, step) on s.day = d.day
    where ${within(scope, "d")}
    union all
    select s.step, a.channel, a.person, a.messages, a.replies, a.reactions
    from unnest(
      ${quarters.map(({ from }) => from)}::bigint[], ${quarters.map(({ to }) => to)}::bigint[],
      ${quarters.map(({ step }) => step)}::integer[]) as s (beginning, beyond, step)
    join activity a on a.slot >= s.beginning and a.slot < s.beyond
    where ${within(scope, "a")}
    ${
      before === undefined
        ? sql``
        : sql`union all
    select 0, d.channel, d.person, d.messages, d.replies, d.reactions from activity_day d
    where d.day < ${before.beyond}::bigint and ${within(scope, "d")}`
    })`;
}

/** A step: the whole days in it, from `first` up to `beyond`, and the quarters of an hour at its edges. */
interface Piece {
  readonly step: number;
  readonly first: number;
  readonly beyond: number;
  readonly edges: readonly (readonly [from: number, to: number])[];
}

function pieceOf(step: number, from: number, to: number): Piece {
  const [first, beyond] = [Math.ceil(from / SLOTS_A_DAY), Math.floor(to / SLOTS_A_DAY)];
  const edges: Piece["edges"] =
    first < beyond
      ? [
          [from, first * SLOTS_A_DAY],
          [beyond * SLOTS_A_DAY, to],
        ]
      : [[from, to]];
  return { step, first, beyond, edges: edges.filter(([early, late]) => early < late) };
}
