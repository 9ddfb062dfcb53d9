import { sql, type Kysely } from "kysely";

import type { Report } from "#shared/protocol/http/reports.ts";
import { SLOT } from "#server/database/slots.ts";
import type { Database } from "#server/database/types.ts";

import { stepOf } from "./acts.ts";
import type { Calendar } from "./calendar.ts";
import { within, type Scope } from "./scope.ts";
import { waitsIn, waitsOf, type Waits } from "./waits.ts";

interface Row {
  /** Null for the whole range. */
  readonly step: number | null;
  readonly answered: number;
  readonly waits: Waits;
}

const none = { answered: 0, median: null, ninth: null };

/** How long it took until somebody else answered, for those messages that were. */
export async function answering(
  db: Kysely<Database>,
  scope: Scope,
  { bounds, starts }: Calendar,
): Promise<Pick<Report<"answering">, "steps" | "total">> {
  const { rows } = await sql<Row>`
    with answered as (
      select ${stepOf(sql`r.at / ${SLOT}::bigint`, bounds)} as step, r.first_reply as wait from resonance r
      where ${within(scope, "r")} and r.first_reply is not null
        and r.at >= ${(bounds[0] as number) * SLOT}::bigint and r.at < ${(bounds.at(-1) as number) * SLOT}::bigint)
    select step, count(*) as answered, ${waitsIn} as waits
    from answered group by grouping sets ((step), ())`.execute(db);

  const byStep = new Map(rows.map(({ step, answered, waits }) => [step, { answered, ...waitsOf(waits) }]));
  return {
    steps: starts.map((start, index) => ({ start, ...(byStep.get(index + 1) ?? none) })),
    total: byStep.get(null) ?? none,
  };
}
