import { sql, type Kysely } from "kysely";

import type { Report } from "#shared/protocol/http/reports.ts";
import type { Database } from "#server/database/types.ts";

import { actsIn } from "./acts.ts";
import type { Calendar } from "./calendar.ts";
import type { Scope } from "./scope.ts";

interface Row {
  readonly cohort: number;
  readonly later: number;
  readonly people: number;
}

/** Who stays: of those who were active for the first time ever in a step, how many still were in each later one. */
export async function retention(
  db: Kysely<Database>,
  scope: Scope,
  { bounds, starts }: Calendar,
): Promise<Pick<Report<"retention">, "cohorts">> {
  const { rows } = await sql<Row>`
    with active as materialized (select step, person from ${actsIn(scope, bounds, "ever")} as acts group by step, person),
    beginning as (select person, min(step) as cohort from active group by person)
    select cohort, step - cohort as later, count(*) as people
    from active join beginning using (person)
    where cohort > 0 group by cohort, later`.execute(db);

  const people = new Map(rows.map((row) => [`${row.cohort} ${row.later}`, row.people]));
  return {
    cohorts: starts.map((start, index) => ({
      start,
      active: Array.from({ length: starts.length - index }, (_, later) => people.get(`${index + 1} ${later}`) ?? 0),
    })),
  };
}
