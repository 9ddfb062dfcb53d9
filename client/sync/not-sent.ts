import type { Entry } from "#shared/entries/kinds.ts";
import type { RefusedRow, UnsentRow } from "#client/storage/database.ts";

import type { NotSent } from "./local.ts";

const shownKinds = [
  "message",
  "edit",
  "retract",
  "reaction",
  "hide",
  "restore",
  "report",
  "appeal",
  "remark",
  "decision",
] as const satisfies readonly NotSent["kind"][];

const isShown = (kind: string): kind is NotSent["kind"] => (shownKinds as readonly string[]).includes(kind);

/** The drawer. A marker that was refused is nobody's concern, and a refused draft is still in the composer. */
export const notSentOf = (rows: readonly RefusedRow[]): readonly NotSent[] =>
  rows.flatMap(({ id, channel, entry, ...refusal }) =>
    isShown(entry.kind) ? [{ id, channel, kind: entry.kind, at: entry.at, body: wordsOf(entry), ...why(refusal) }] : [],
  );

const wordsOf = (entry: Entry): string => ("body" in entry ? entry.body : "note" in entry ? entry.note : "");

const why = ({ code, reason, until, because }: Pick<RefusedRow, "code" | "reason" | "until" | "because">) => ({
  code,
  reason,
  ...(until !== undefined && { until }),
  ...(because !== undefined && { because }),
});

/** How many entries wait to leave that a person knows of. */
export const waitingIn = (rows: readonly UnsentRow[]): number =>
  rows.filter(({ state, entry }) => state !== "committed" && isShown(entry.kind)).length;
