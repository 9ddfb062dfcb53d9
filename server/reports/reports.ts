import type { Kysely } from "kysely";

import type { Report, ReportName } from "#shared/protocol/http/reports.ts";
import type { Database } from "#server/database/types.ts";

import { answering } from "./answering.ts";
import type { Calendar } from "./calendar.ts";
import { engagement } from "./engagement.ts";
import { growth } from "./growth.ts";
import { hours } from "./hours.ts";
import { moderation } from "./moderation.ts";
import { popular } from "./popular.ts";
import { retention } from "./retention.ts";
import { askedOf, knownDays, readKnown, type Asked } from "./known.ts";
import type { Scope } from "./scope.ts";

/** What every answer says of itself. */
type Head = "from" | "to" | "zone" | "by" | "at" | "complete" | "known";

type Make<Name extends ReportName> = (
  db: Kysely<Database>,
  scope: Scope,
  asked: Asked,
) => Promise<Omit<Report<Name>, Head>>;

/** Every report there is. */
const reports: { readonly [Name in ReportName]: Make<Name> } = {
  engagement,
  answering,
  hours,
  growth,
  retention,
  popular,
  moderation,
};

/** One report, without when it was counted and whether everything was. */
export async function makeReport<Name extends ReportName>(
  db: Kysely<Database>,
  name: Name,
  scope: Scope,
  calendar: Calendar,
): Promise<Omit<Report<Name>, "at" | "complete">> {
  const { from, to, zone, by } = calendar;
  const known = await readKnown(db, scope);
  const figures = await reports[name](db, scope, askedOf(calendar, known));
  return { from, to, zone, by, known: knownDays(known, calendar), ...figures } as unknown as Omit<
    Report<Name>,
    "at" | "complete"
  >;
}
