import { findIndexSS, Item, type Doc, type YArrayEvent } from "yjs";

import { logName } from "#shared/documents/names.ts";
import type { EntryId, MemberId } from "#shared/ids.ts";
import type { SentAt } from "#client/storage/database.ts";

import { gone } from "./fate.ts";
import type { Unsent } from "./unsent.ts";

/** Calls with the ids of one's own entries that a replica shows, those there are and those that come. */
export function watchOwnLog(doc: Doc, me: MemberId, seen: (ids: readonly EntryId[]) => void): () => void {
  const log = doc.getArray<unknown>(logName(me));
  const look = ({ changes }: YArrayEvent<unknown>): void =>
    tell(changes.delta.flatMap(({ insert }) => (Array.isArray(insert) ? (insert as unknown[]) : [])));
  const tell = (values: readonly unknown[]): void => {
    const ids = values.flatMap((value) => idOf(value) ?? []);
    if (ids.length > 0) seen(ids);
  };

  tell(log.toArray());
  log.observe(look);
  return () => log.unobserve(look);
}

/** What the log shows is neither unsent nor refused any more: it may have got in by another way than the one that failed. */
export async function takeOff(unsent: Unsent, ids: readonly EntryId[]): Promise<void> {
  const rows = ids.filter((id) => unsent.row(id) !== undefined);
  const inDrawer = new Set(unsent.refused().map(({ id }) => id));
  if (rows.length > 0) await unsent.decide(rows, () => gone);
  for (const id of ids) if (inDrawer.has(id)) await unsent.takeBack(id, () => undefined);
}

const idOf = (value: unknown): EntryId | undefined => (value as { id?: EntryId } | null)?.id;

/** Whether a replica holds what was sent at a position, alive or deleted: a copy, or what was taken back, arrives deleted. */
export function holds(doc: Doc, me: MemberId, { client, clock }: SentAt): boolean {
  const structs = doc.store.clients.get(client) ?? [];
  const last = structs.at(-1);
  if (last === undefined || clock >= last.id.clock + last.length) return false;

  const struct = structs[findIndexSS(structs, clock)];
  return struct instanceof Item && struct.parent === doc.share.get(logName(me));
}
