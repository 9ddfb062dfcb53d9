import { sql, type Kysely } from "kysely";

import type { CommunityId, MemberId } from "#shared/ids.ts";
import { can } from "#shared/permissions/can.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import { record } from "#server/audit/record.ts";
import type { Database } from "#server/database/types.ts";
import type { Consequences } from "#server/documents/authority-change.ts";
import { readStandings } from "#server/documents/standing.ts";

import { setArchived } from "./communities.ts";
import { nothing } from "./reach.ts";

/** A community that its owner or an admin of the platform may delete, held until the transaction ends where it is to be changed. */
async function reach(db: Kysely<Database>, person: MemberId, id: CommunityId, purpose: "read" | "change") {
  const row = await db
    .selectFrom("community")
    .select(["name", "archived_at", "delete_at", "closed_for_deletion"])
    .where("id", "=", id)
    .$if(purpose === "change", (query) => query.forUpdate())
    .executeTakeFirst();
  const place = { kind: "community", id, segment: 1 } as const;
  const { actor, target } = (await readStandings(db, [{ person, place }], purpose === "change"))({ person, place });
  if (row !== undefined && can(actor, "community.delete", target)) return ok(row);
  return can(actor, "document.read", target) ? fail<Failure>({ kind: "forbidden" }) : nothing;
}

/** Whether a community is going to be deleted, for those who may say so. */
export async function deletionOf(
  db: Kysely<Database>,
  person: MemberId,
  id: CommunityId,
): Promise<Result<{ readonly deleteAt: number | undefined }, Failure>> {
  const reached = await reach(db, person, id, "read");
  return reached.ok ? ok({ deleteAt: reached.value.delete_at?.getTime() }) : reached;
}

interface Order {
  readonly id: CommunityId;
  /** What the community is called, typed by whoever wants it deleted. */
  readonly name: string;
  /** How long it can still be kept. */
  readonly days: number;
}

/** Archives a community now, so that it is deleted for ever after some days unless somebody keeps it. */
export async function deleteLater(
  trx: Kysely<Database>,
  consequences: Consequences,
  actor: MemberId,
  { id, name, days }: Order,
): Promise<Result<{ readonly deleteAt: number }, Failure>> {
  const reached = await reach(trx, actor, id, "change");
  if (!reached.ok) return reached;
  const community = reached.value;
  if (name.trim() !== community.name) return fail({ kind: "invalid", fields: [{ field: "name", problem: "invalid" }] });
  if (community.delete_at !== null) return ok({ deleteAt: community.delete_at.getTime() });

  await setArchived(trx, id, true);
  const { delete_at } = await trx
    .updateTable("community")
    .set({
      delete_at: sql<Date>`now() + ${`${days} days`}::interval`,
      closed_for_deletion: community.archived_at === null,
    })
    .where("id", "=", id)
    .returning("delete_at")
    .executeTakeFirstOrThrow();
  const deleteAt = (delete_at as Date).getTime();
  await record(trx, {
    actor,
    act: "community.delete",
    target: { kind: "community", id, name: community.name },
    community: id,
    details: { days, at: new Date(deleteAt).toISOString() },
  });
  consequences.community(id);
  return ok({ deleteAt });
}

/** Takes a deletion back, as long as its day has not come. */
export async function keep(
  trx: Kysely<Database>,
  consequences: Consequences,
  actor: MemberId,
  id: CommunityId,
): Promise<Result<undefined, Failure>> {
  const reached = await reach(trx, actor, id, "change");
  if (!reached.ok) return reached;
  const { name, closed_for_deletion } = reached.value;
  if (!(await isWaiting(trx, id))) return fail({ kind: "not-waiting" });

  await trx
    .updateTable("community")
    .set({ delete_at: null, closed_for_deletion: false })
    .where("id", "=", id)
    .execute();
  if (closed_for_deletion) await setArchived(trx, id, false);
  await record(trx, { actor, act: "community.keep", target: { kind: "community", id, name }, community: id });
  consequences.community(id);
  return ok(undefined);
}

/** Asked once the community is held, by the clock that the purge goes by: of the two exactly one has it. */
async function isWaiting(trx: Kysely<Database>, id: CommunityId): Promise<boolean> {
  const { rows } = await sql`select from community where id = ${id} and delete_at > clock_timestamp()`.execute(trx);
  return rows.length > 0;
}
