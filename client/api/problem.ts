import type { FieldProblem, ProblemCode } from "#shared/protocol/problems.ts";

/**
 * Why a call had no effect. `offline`: no answer came, so it may or may not have had one. `unreadable`: something
 * answered that is not this server, or not of this version. Everything else is the server's own word, with its text.
 */
export type ApiProblem =
  | { readonly kind: "offline" | "unreadable"; readonly detail: string }
  | {
      readonly kind: ProblemCode;
      readonly detail: string;
      readonly fields: readonly FieldProblem[];
      /** In seconds. */
      readonly retryAfter?: number | undefined;
      /** When what forbids it ends, in ms since 1970. */
      readonly until?: number | undefined;
      /** What a moderator gave as the reason. */
      readonly because?: string | undefined;
    };

export const offline: ApiProblem = {
  kind: "offline",
  detail: "The server cannot be reached, and this needs it. What you wrote is kept; try again when you are online.",
};

export const unreadable: ApiProblem = {
  kind: "unreadable",
  detail:
    "Something answered that this version does not understand. What this device holds is safe; load the page again.",
};

/** The problem that the body of a failed answer tells. */
export function problemOf(body: unknown): ApiProblem {
  if (!isRecord(body) || typeof body["code"] !== "string" || typeof body["detail"] !== "string") return unreadable;
  const { code, detail, fields, retryAfter, until, because } = body;

  // A newer server may know more problems; its text still says what happened.
  return {
    kind: code as ProblemCode,
    detail,
    fields: Array.isArray(fields) ? (fields as FieldProblem[]) : [],
    retryAfter: typeof retryAfter === "number" ? retryAfter : undefined,
    ...(typeof until === "number" && { until }),
    ...(typeof because === "string" && { because }),
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
