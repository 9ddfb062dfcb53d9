import { createApiOf } from "#client/api/create-api.ts";
import type { ApiProblem } from "#client/api/problem.ts";
import { API_ROOT } from "#shared/protocol/http/endpoints.ts";
import {
  reportEndpoints,
  reportKey,
  type Report,
  type ReportName,
  type SteppedQuery,
} from "#shared/protocol/http/reports.ts";
import type { Result } from "#shared/result.ts";

/** What is reported on. */
export type Subject =
  | { readonly scope: "platform" }
  | { readonly scope: "community"; readonly id: string }
  | { readonly scope: "channel"; readonly id: string };

/** Asks for one report. Never rejects. */
export type AskReport = <Name extends ReportName>(
  subject: Subject,
  name: Name,
  query: SteppedQuery,
  signal: AbortSignal,
) => Promise<Result<Report<Name>, ApiProblem>>;

type AnyCall = (input: object, signal: AbortSignal) => Promise<Result<never, ApiProblem>>;

export function createAskReport(fetch?: typeof globalThis.fetch): AskReport {
  const calls = createApiOf(reportEndpoints, fetch && { fetch });
  return ({ scope, ...of }, name, query, signal) =>
    (calls[reportKey(scope, name)] as unknown as AnyCall)({ ...of, ...queryFor(name, query) }, signal);
}

/** The same as a table for spreadsheets. */
export function csvAddress(subject: Subject, name: ReportName, query: SteppedQuery): string {
  const { path } = reportEndpoints[reportKey(subject.scope, name)];
  const asked = new URLSearchParams({ ...queryFor(name, query), format: "csv" } as Record<string, string>);
  return `${API_ROOT}${path.replace(":id", "id" in subject ? subject.id : "")}?${asked.toString()}`;
}

/** Not every report is in steps. */
const queryFor = (name: ReportName, { by, ...range }: SteppedQuery): SteppedQuery =>
  name === "hours" || name === "popular" ? range : { ...range, by };
