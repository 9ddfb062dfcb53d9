import type { EntryId } from "#shared/ids.ts";
import type { RefusedRow, UnsentRow } from "#client/storage/database.ts";

import { gone, keep, targetOf, type Fate } from "./fate.ts";

/** The unsent rows that are about others of one's own which did not get in. */
export const dependentsOf = (
  rows: readonly UnsentRow[],
  refused: Pick<ReadonlyMap<EntryId, unknown>, "has">,
): readonly UnsentRow[] =>
  rows.filter(({ id, entry }) => !refused.has(id) && refused.has(targetOf(entry)?.id as EntryId));

/** Whether its author has taken a row back meanwhile: then nobody asks what to do with it. */
export const isTakenBack = (rows: readonly UnsentRow[], id: EntryId): boolean =>
  rows.some(({ entry }) => entry.kind === "retract" && entry.of.id === id);

/** How an entry was refused. `mayArrive`: an earlier frame with it may still be on its way. */
export type Refusal = Fate & { readonly kind: "refused"; readonly mayArrive: boolean };

/**
 * What is surely not on the server shares the fate of what it is about: text goes to the drawer, a reaction to nothing is
 * nothing. What takes it back is still needed where it may arrive after all.
 */
export function fateWith(row: UnsentRow, refusal: Refusal): Fate {
  const mayBeThere = row.state !== "waiting" && row.sent.length > 0;
  if (mayBeThere || (row.entry.kind === "retract" && refusal.mayArrive)) return keep(row);
  return row.entry.kind === "edit" ? refusal : gone;
}

/** The same where what it is about lies in the drawer already: a tab that had not heard of that may have said it, and be gone. */
export function fateInDrawer(row: UnsentRow, drawer: readonly RefusedRow[]): Fate {
  const target = targetOf(row.entry);
  const refused = target && drawer.find(({ id }) => id === target.id);
  if (refused === undefined) return keep(row);
  const { code, reason, until, because } = refused;
  return fateWith(row, { kind: "refused", code, reason, until, because, mayArrive: true });
}
