import type { Ref } from "#shared/entries/kind.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import { corrected, type Clock } from "#shared/clock.ts";
import type { Refused } from "#shared/protocol/stateless.ts";
import { refusals, type RefusalCode } from "#shared/protocol/refusals.ts";
import type { SentAt, UnsentRow } from "#client/storage/database.ts";

/** What becomes of an unsent row. */
export type Fate =
  | { readonly kind: "keep"; readonly row: UnsentRow }
  | { readonly kind: "gone" }
  | ({ readonly kind: "refused"; readonly code: RefusalCode; readonly reason: string } & Term);

/** How long something is forbidden, and what a moderator gave as the reason. */
export interface Term {
  readonly until?: number | undefined;
  readonly because?: string | undefined;
}

export const keep = (row: UnsentRow): Fate => ({ kind: "keep", row });
export const gone: Fate = { kind: "gone" };

/** How often the server may want an entry again before it is told as not sent. */
const MAX_ATTEMPTS = 3;

/** Puts a row into a frame: from here on its value is the same for ever. */
export function framed(row: UnsentRow, at: SentAt, clock: Pick<Clock, "now" | "offset">): UnsentRow {
  const entry = row.state === "waiting" ? { ...row.entry, at: corrected(row.entry.at, row.offset, clock) } : row.entry;
  return { ...row, entry, state: "framed", sent: [...row.sent, at] };
}

/** What a refusal of a frame makes of one of its rows. `size` is how many rows the frame had. */
export function afterRefusal(row: UnsentRow, refusal: Refused, size: number): Fate {
  const isNamed = refusal.entries.some(({ id }) => id === row.id) || (refusal.entries.length === 0 && size === 1);
  const { code, reason, until, because } = refusal;
  const drawer: Fate = { kind: "refused", code, reason, until, because };

  // Where one must pause, each travels by itself.
  if (refusal.class === "later") return keep(code === "slow-mode" ? { ...row, alone: true } : row);
  if (refusal.class === "final") {
    if (isNamed) return drawer;
    return keep(refusal.entries.length === 0 ? { ...row, alone: true } : row);
  }
  if (refusal.code === "segment-closed") return keep(row);

  const isBlamed = isNamed || refusal.entries.length === 0;
  const attempts = row.attempts + (isBlamed ? 1 : 0);
  return attempts < MAX_ATTEMPTS ? keep({ ...row, attempts }) : drawer;
}

/** The sentence for a refusal that this device comes to by itself. */
export const refusedFor = (code: RefusalCode, term: Term = {}): Fate => ({
  kind: "refused",
  code,
  reason: refusals[code].text,
  ...term,
});

/** The entry that this one is about, where there is one. */
export const targetOf = (entry: Entry): Ref | undefined =>
  "of" in entry && !Array.isArray(entry.of) ? entry.of : undefined;
