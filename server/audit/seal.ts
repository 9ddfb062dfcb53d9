import { createHmac } from "node:crypto";

import type { Selectable } from "kysely";

import { canonical } from "#shared/entries/value.ts";
import type { AuditActTable } from "#server/database/tables/audit.ts";

export type StoredAct = Selectable<AuditActTable>;

/** What stands before the first link. */
export const NOTHING_BEFORE = Buffer.alloc(32);

/** The hash of a link: over its place, all that its act says, and the hash before it. Nobody makes it without the key. */
export function seal(key: Uint8Array, before: Uint8Array, position: number, act: StoredAct): Buffer {
  const { id, at, actor, target_kind, target_id, target_name, community, details } = act;
  const said = [position, id, at, actor, act.act, target_kind, target_id, target_name, community, details];
  return createHmac("sha256", key).update(before).update(canonical(said)).digest();
}
