import { sql, type Kysely, type Transaction } from "kysely";

import { deskOf, type CommunityId, type MemberId } from "#shared/ids.ts";
import { ok } from "#shared/result.ts";
import { record } from "#server/audit/record.ts";
import type { Database } from "#server/database/types.ts";
import type { Consequences } from "#server/documents/authority-change.ts";

import type { Authority } from "./authority.ts";
import { forget } from "./forget.ts";

interface Tools {
  readonly db: Kysely<Database>;
  readonly authority: Authority;
  readonly failed: (error: unknown) => void;
  /** Ends the work after the piece that is being done. */
  readonly stop?: AbortSignal;
  /** Rows that go in one transaction. */
  readonly atOnce?: number;
}

/**
 * Deletes for ever every community whose day has come. Killed anywhere, the next call goes on. One that cannot be
 * deleted is told, and keeps no other one.
 */
export async function purgeDue(tools: Tools): Promise<void> {
  const due = await tools.db
    .selectFrom("community")
    .select(["id", "name"])
    .where("delete_at", "<=", sql<Date>`clock_timestamp()`)
    .orderBy("delete_at")
    .execute();
  for (const { id, name } of due) {
    if (tools.stop?.aborted === true) return;
    await purge(tools, id as CommunityId, name).catch((cause: unknown) => {
      if (tools.stop?.aborted !== true) tools.failed(new Error(`The community ${name} cannot be deleted.`, { cause }));
    });
  }
}

/** First nobody is in it any more, then nothing is, then it is not. */
async function purge({ db, authority, stop, atOnce = 2_000 }: Tools, id: CommunityId, name: string): Promise<void> {
  const begun = await authority.change(async (trx, consequences) => ok(await empty(trx, consequences, id)));
  if (!begun.ok || !begun.value) return;
  for (const log of await logsOf(db, id)) await forget(db, log, atOnce, stop);

  await authority.change(async (trx) => {
    // Held first, so that no report is being written any more.
    await trx.selectFrom("community").select("id").where("id", "=", id).forUpdate().execute();
    for (const table of ["report", "settlement"] as const)
      await sql`
        delete from ${sql.table(table)} where desk = ${id}
          or case_key in (select case_key from referral where community_id = ${id})`.execute(trx);
    const gone = await trx.deleteFrom("community").where("id", "=", id).executeTakeFirst();
    // Of two workers one tells of it.
    if (gone.numDeletedRows === 1n)
      await record(trx, {
        actor: null,
        act: "community.purge",
        target: { kind: "community", id, name },
        community: id,
      });
    return ok(undefined);
  });
}

/** Puts everybody out. False where the community was kept meanwhile: from here on nobody can keep it. */
async function empty(trx: Transaction<Database>, consequences: Consequences, id: CommunityId): Promise<boolean> {
  const { rows } = await sql`
    select from community where id = ${id} and delete_at <= clock_timestamp() for update`.execute(trx);
  if (rows.length === 0) return false;
  const members = await trx.deleteFrom("membership").where("community_id", "=", id).returning("person_id").execute();
  const inside = await trx
    .deleteFrom("participant")
    .where("channel_id", "in", trx.selectFrom("channel").select("id").where("community_id", "=", id))
    .returning("person_id")
    .execute();
  consequences.people(...[...members, ...inside].map(({ person_id }) => person_id as MemberId));
  return true;
}

async function logsOf(db: Kysely<Database>, id: CommunityId): Promise<readonly string[]> {
  const channels = await db.selectFrom("channel").select("id").where("community_id", "=", id).execute();
  const pages = await db.selectFrom("page").select("id").where("community_id", "=", id).execute();
  return [...[...channels, ...pages].map((log) => log.id), id, deskOf(id)];
}
