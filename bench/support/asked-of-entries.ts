import { sql, type Kysely, type RawBuilder } from "kysely";

import type { ReportName } from "#shared/protocol/http/reports.ts";
import type { Database } from "#server/database/types.ts";
import type { Calendar } from "#server/reports/calendar.ts";
import type { Scope } from "#server/reports/scope.ts";

/** The questions of the reports, asked of the entries themselves, each as one statement. */
export const askedOfEntries: Readonly<
  Record<ReportName, (db: Kysely<Database>, scope: Scope, calendar: Calendar) => Promise<readonly unknown[]>>
> = {
  engagement: run(
    (told, { bounds }) => sql`
      select step, count(distinct author) as active, count(*) filter (where kind = 'message') as messages,
        count(*) filter (where kind = 'message' and re is not null) as replies, count(*) filter (where kind = 'reaction') as reactions
      from (select *, ${step(bounds)} as step from ${told} as t where kind in ('message', 'reaction')) as s group by step order by step`,
  ),
  answering: run(
    (told, { bounds }) => sql`
      select step, count(*), percentile_disc(array[0.5, 0.9]) within group (order by wait) from (
        select ${step(bounds, "m")} as step, min(greatest(r.at - m.at, 0)) as wait from ${told} as m
        join ${told} as r on r.channel = m.channel and r.re = m.id and r.author <> m.author
        group by m.channel, m.id, m.at) as a group by step`,
  ),
  hours: run(
    (told, { zone }) => sql`
      select extract(isodow from at_zone) as weekday, extract(hour from at_zone) as hour, count(*) from (
        select to_timestamp(at / 1000.0) at time zone ${zone} as at_zone from ${told} as t where kind = 'message') as s
      group by weekday, hour`,
  ),
  growth: run(
    (told, { bounds }) => sql`
      select ${step(bounds)} as step, count(*) from (
        select author, min(at) as at from ${told} as t where kind = 'message' group by author) as s group by step`,
    "ever",
  ),
  retention: run(
    (told, { bounds }) => sql`
      with active as (select distinct ${step(bounds)} as step, author from ${told} as t where kind in ('message', 'reaction')),
      beginning as (select author, min(step) as cohort from active group by author)
      select cohort, step - cohort as later, count(*) from active join beginning using (author) where cohort > 0 group by cohort, later`,
    "ever",
  ),
  popular: run(
    (told) => sql`
      select m.channel, m.author, m.id, count(*) as called_forth from ${told} as m
      join ${told} as r on r.channel = m.channel and m.id = coalesce(r.re, case when r.kind = 'reaction' then r.target end)
      group by m.channel, m.author, m.id order by called_forth desc limit 20`,
  ),
  moderation: run(
    (told) => sql`
      select h.author, count(*), percentile_disc(0.5) within group (order by h.at - m.at) from ${told} as h
      left join ${told} as m on m.channel = h.channel and m.id = h.target where h.kind in ('hide', 'restore') group by h.author`,
  ),
};

function run(
  question: (told: RawBuilder<unknown>, calendar: Calendar) => RawBuilder<unknown>,
  since: "ever" | "first step" = "first step",
) {
  return async (db: Kysely<Database>, scope: Scope, calendar: Calendar): Promise<readonly unknown[]> =>
    (await question(told(scope, calendar, since), calendar).execute(db)).rows;
}

const SLOT = 900_000;
const step = (bounds: readonly number[], table = ""): RawBuilder<number> =>
  sql<number>`width_bucket(${sql.ref(table === "" ? "at" : `${table}.at`)}, ${bounds.map((slot) => slot * SLOT)}::bigint[])`;

const told = (scope: Scope, { bounds }: Calendar, since: "ever" | "first step"): RawBuilder<unknown> => sql`(
  select channel, author, id, value->>'kind' as kind, (value->>'at')::bigint as at, value->'re'->>'id' as re, value->'of'->>'id' as target
  from entry where ${scope.of === "platform" ? sql`true` : sql`channel = any(${scope.channels}::uuid[])`}
    and (value->>'at')::bigint >= ${since === "ever" ? 0 : (bounds[0] as number) * SLOT}::bigint
    and (value->>'at')::bigint < ${(bounds.at(-1) as number) * SLOT}::bigint)`;
