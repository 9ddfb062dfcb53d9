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
import type { Scope } from "./scope.ts";

/** What every answer says of itself. */
type Head = "from" | "to" | "zone" | "by" | "at" | "complete";

type Make<Name extends ReportName> = (
  db: Kysely<Database>,
  scope: Scope,
  calendar: Calendar,
) => Promise<Omit<Report<Name>, Head>>;

/** Every report there is. */
export const reports: { readonly [Name in ReportName]: Make<Name> } = {
  engagement,
  answering,
  hours,
  growth,
  retention,
  popular,
  moderation,
};
