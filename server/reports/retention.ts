import { sql, type Kysely } from "kysely";

import { MAX_COHORTS, type Report } from "#shared/protocol/http/reports.ts";
import type { Database } from "#server/database/types.ts";

import { actsIn } from "./acts.ts";
import type { Asked } from "./known.ts";
import type { Scope } from "./scope.ts";

interface Row {
  /** A bit for each step in which they were active, the lowest for whatever was before the range. */
  readonly steps: string;
  readonly people: number;
}

/**
 * Who stays: of those who were active for the first time ever in a step, how many still were in each later one. There
 * are no more steps than a bigint has bits, so each person is one row, and people who came and went alike are one more.
 */
export async function retention(
  db: Kysely<Database>,
  scope: Scope,
  { acted, starts }: Asked,
): Promise<Pick<Report<"retention">, "cohorts">> {
  const { rows } = await sql<Row>`
    with someone as (
      select bit_or(1::bigint << step) as steps from ${actsIn(scope, acted, "ever")} as acts group by person)
    select steps::text, count(*) as people from someone group by steps`.execute(db);

  const cohorts = starts.map((start, index) => ({
    start,
    active: Array.from({ length: starts.length - index }, () => 0),
  }));
  for (const { steps, people } of rows) {
    const active = stepsIn(BigInt(steps));
    const [first = 0] = active;
    // Whoever came before the range is new in none of its steps.
    const cohort = cohorts[first - 1];
    if (cohort === undefined) continue;
    for (const step of active) cohort.active[step - first] = (cohort.active[step - first] ?? 0) + people;
  }
  return { cohorts };
}

const stepsIn = (mask: bigint): readonly number[] =>
  Array.from({ length: MAX_COHORTS + 1 }, (_, step) => step).filter((step) => (mask >> BigInt(step)) & 1n);
