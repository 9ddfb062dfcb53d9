import type { EntryId } from "#shared/ids.ts";
import type { UnsentRow } from "#client/storage/database.ts";

import { gone, keep, targetOf, type Fate } from "./fate.ts";

/** The unsent rows that are about others of one's own which did not get in. */
export const dependentsOf = (rows: readonly UnsentRow[], ids: ReadonlySet<EntryId>): readonly UnsentRow[] =>
  rows.filter(({ id, entry }) => !ids.has(id) && ids.has(targetOf(entry)?.id as EntryId));

/** Whether its author has taken a row back meanwhile: then nobody asks what to do with it. */
export const isTakenBack = (rows: readonly UnsentRow[], id: EntryId): boolean =>
  rows.some(({ entry }) => entry.kind === "retract" && entry.of.id === id);

/** What may still be held back shares the fate of what it is about: text goes to the drawer, a reaction to nothing is nothing. */
export function fateWith(row: UnsentRow, fate: Fate & { kind: "refused" }): Fate {
  if (row.state !== "waiting") return keep(row);
  return row.entry.kind === "edit" ? fate : gone;
}
