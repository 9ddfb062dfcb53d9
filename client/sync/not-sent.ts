import type { Entry } from "#shared/entries/kinds.ts";
import type { RefusedRow, UnsentRow } from "#client/storage/database.ts";

import type { Device, Local, NotSent } from "./local.ts";
import { tallyOf, type Tally } from "./tally.ts";

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

/** What waits to leave, as far as a person knows of it. */
export function waitingIn(rows: readonly UnsentRow[]): Pick<Device, "waiting" | "leaving"> {
  const kinds = rows.filter(({ state }) => state !== "committed").map(({ entry }) => entry.kind);
  const known = kinds.filter(isShown);
  return { waiting: known.length, leaving: tallyOf(known) };
}

/** How much lies in the drawer, words of pages among it. */
export const refusedOn = (local: Pick<Local, "notSent" | "pages">): Tally =>
  tallyOf(
    local.notSent().map(({ kind }) => kind),
    local.pages.drafts().length,
  );
