import type { FieldProblem } from "#shared/protocol/problems.ts";

import type { ApiProblem } from "./problem.ts";

/** A problem for a person. `calm`: nothing was refused, there is only no network. */
export interface Told {
  readonly text: string;
  readonly calm: boolean;
}

const sentences: Record<FieldProblem["problem"], string> = {
  missing: "This is needed.",
  "too-short": "This is too short.",
  "too-long": "This is too long.",
  invalid: "This cannot be taken as it is.",
};

/**
 * A problem as a form tells it: next to the fields that it is about, else as one sentence. `about` names the field
 * that a problem belongs to although the server speaks of the whole.
 */
export function rejectionOf<Field extends string>(
  problem: ApiProblem,
  about: Partial<Record<ApiProblem["kind"], Field>> = {},
): { readonly whole?: Told; readonly fields?: Partial<Record<Field, string>> } {
  const field = about[problem.kind];
  if (field !== undefined) return { fields: { [field]: problem.detail } as Partial<Record<Field, string>> };
  if (!("fields" in problem) || problem.fields.length === 0) return { whole: sayProblem(problem) };

  const fields = Object.fromEntries(problem.fields.map(({ field, problem }) => [field, sentences[problem]]));
  return { whole: sayProblem(problem), fields: fields as Partial<Record<Field, string>> };
}

/** What happened, what is safe and what to do; with the time to wait where the server named one. */
export function sayProblem(problem: ApiProblem): Told {
  const wait = "retryAfter" in problem ? problem.retryAfter : undefined;
  const text = wait === undefined ? problem.detail : `${problem.detail} In ${sayWait(wait)} it is taken again.`;
  return { text, calm: problem.kind === "offline" };
}

function sayWait(seconds: number): string {
  if (seconds < 90) return seconds === 1 ? "1 second" : `${Math.ceil(seconds)} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
