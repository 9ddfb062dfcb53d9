import { sql, type Kysely } from "kysely";

import type { Report } from "#shared/protocol/http/reports.ts";
import { SLOT } from "#server/database/slots.ts";
import type { Database } from "#server/database/types.ts";

import type { Bounds } from "./acts.ts";
import type { Calendar } from "./calendar.ts";
import { within, type Scope } from "./scope.ts";
import { dateAt } from "./zone.ts";

/** The first and the last quarter of an hour in which anything was done, whatever the range. */
interface Known {
  readonly first: number;
  readonly last: number;
}

/** What is asked. `acted`: its bounds, no farther out than anything was done: what nobody lived through costs nothing. */
export interface Asked extends Calendar {
  readonly acted: Bounds;
}

export async function readKnown(db: Kysely<Database>, scope: Scope): Promise<Known | undefined> {
  const { rows } = await sql<{ first: number | null; last: number | null }>`
    select min(slot) as first, max(slot) as last from activity a where ${within(scope, "a")}`.execute(db);
  const { first, last } = rows[0] ?? { first: null, last: null };
  return first === null || last === null ? undefined : { first, last };
}

export const knownDays = (known: Known | undefined, { zone }: Calendar): Report<"engagement">["known"] =>
  known === undefined ? null : { first: dateAt(zone, known.first * SLOT), last: dateAt(zone, known.last * SLOT) };

export function askedOf(calendar: Calendar, known: Known | undefined): Asked {
  const { first, last } = known ?? { first: 0, last: -1 };
  return { ...calendar, acted: calendar.bounds.map((bound) => Math.min(Math.max(bound, first), last + 1)) };
}
