import type { Kysely } from "kysely";

import type { AuditAct, AuditDetails, AuditTargetKind } from "#shared/audit/acts.ts";
import type { CommunityId, MemberId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";

/** Somebody did something to something that not everybody may do. */
export interface Act {
  /** Null for the server itself, and for whoever operates it. */
  readonly actor: MemberId | null;
  readonly act: AuditAct;
  /** Of a thing also what it is called now: it may be gone when somebody reads of it. People are named by their id alone. */
  readonly target: { readonly kind: AuditTargetKind; readonly id: string; readonly name?: string | undefined };
  readonly community?: CommunityId | null | undefined;
  readonly details?: AuditDetails;
}

/**
 * Writes acts into the audit trail, in the transaction that does them: both are there, or neither. Waits for nobody; the
 * acts get their places in the chain when they are committed.
 */
export async function record(trx: Kysely<Database>, ...acts: readonly Act[]): Promise<void> {
  if (acts.length === 0) return;
  const at = Date.now();
  const added = trx
    .insertInto("audit_act")
    .values(
      acts.map(({ actor, act, target, community = null, details = {} }) => ({
        at,
        actor,
        act,
        target_kind: target.kind,
        target_id: target.id,
        target_name: target.name ?? null,
        community,
        details: JSON.stringify(details),
      })),
    )
    .returning("id");
  await trx
    .with("added", () => added)
    .insertInto("audit_waiting")
    .columns(["act"])
    .expression((eb) => eb.selectFrom("added").select("added.id as act"))
    .execute();
}

/** Which fields a change names. What they were set to may be somebody's speech, and is not kept. */
export const changedFields = (change: object): string[] =>
  Object.entries(change).flatMap(([field, value]) => (value === undefined ? [] : [field]));
