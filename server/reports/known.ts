import { sql, type Kysely } from "kysely";

import type { Report } from "#shared/protocol/http/reports.ts";
import { SLOT } from "#server/database/slots.ts";
import type { Database } from "#server/database/types.ts";

import type { Calendar } from "./calendar.ts";
import { within, type Scope } from "./scope.ts";
import { dateAt } from "./zone.ts";

/** From which day to which anything is known at all, whatever the range. */
export async function knownDays(
  db: Kysely<Database>,
  scope: Scope,
  { zone }: Calendar,
): Promise<Report<"engagement">["known"]> {
  const { rows } = await sql<{ first: number | null; last: number | null }>`
    select min(slot) as first, max(slot) as last from activity a where ${within(scope, "a")}`.execute(db);
  const { first, last } = rows[0] ?? { first: null, last: null };
  return first === null || last === null
    ? null
    : { first: dateAt(zone, first * SLOT), last: dateAt(zone, last * SLOT) };
}
