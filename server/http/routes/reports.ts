import type { AnswerOf, Endpoint } from "#shared/protocol/http/endpoint.ts";
import {
  MAX_COHORTS,
  MAX_STEPS,
  reportEndpoints,
  reportKey,
  reportNames,
  type Report,
  type ReportName,
  type ReportScope,
  type SteppedQuery,
} from "#shared/protocol/http/reports.ts";
import { deskOf } from "#shared/ids.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { ok, type Result } from "#shared/result.ts";
import type { Person } from "#server/auth/sessions.ts";
import { isCounted } from "#server/projections/behind.ts";
import { readCalendar } from "#server/reports/calendar.ts";
import { csvOf } from "#server/reports/csv.ts";
import { makeReport } from "#server/reports/reports.ts";
import type { Scope } from "#server/reports/scope.ts";

import type { WebDependencies } from "../dependencies.ts";
import type { Router } from "../route.ts";
import { scopeOf } from "./report-scopes.ts";

type Input = SteppedQuery & { readonly id?: string };

const summaries: Record<ReportName, string> = {
  engagement: "Who is active, and what they do",
  answering: "How long it takes until somebody answers",
  hours: "The busiest hours of the week",
  growth: "Who comes and goes",
  retention: "Who stays",
  popular: "What and where most is going on",
  moderation: "What comes to moderators, how long it waits, and what they do",
};

/** Figures that the projections keep, of the platform, a community or a channel. */
export function reportRoutes(router: Router, { db }: WebDependencies): void {
  async function report(scope: ReportScope, name: ReportName, person: Person, input: Input) {
    const reached = await scopeOf[scope](db, person, input.id ?? "");
    if (!reached.ok) return reached;
    const calendar = readCalendar(stepped(name, input), Date.now(), name === "retention" ? MAX_COHORTS : MAX_STEPS);
    if (!calendar.ok) return calendar;

    const at = Date.now();
    const [complete, figures] = await Promise.all([
      isCounted(db, name === "moderation" ? ["channel", "desk"] : ["channel"], logsOf(reached.value)),
      makeReport(db, name, reached.value, calendar.value),
    ]);
    return ok({ at, complete, ...figures } as Report<ReportName>);
  }

  for (const scope of Object.keys(scopeOf) as ReportScope[]) {
    for (const name of reportNames) {
      const key = reportKey(scope, name);
      router.on(
        key,
        reportEndpoints[key],
        {
          tag: scope === "platform" ? "Administration" : "Reports",
          summary: `${summaries[name]}: ${scope}`,
          csv: (answer) => csvOf(name, answer as never),
        },
        async ({ me, input }) =>
          (await report(scope, name, me.person, input as Input)) as Result<AnswerOf<Endpoint>, Failure>,
      );
    }
  }
}

const logsOf = (scope: Scope): readonly string[] | "all" =>
  scope.of === "platform" ? "all" : [...scope.channels, deskOf(scope.community)];

/** What is in no steps has no more of them than there are years, however long the range. */
const stepped = (name: ReportName, input: Input): Input =>
  name === "hours" || name === "popular" ? { ...input, by: "year" } : input;
