import { sql, type Kysely } from "kysely";

import { deskOf, type CommunityId, type MemberId } from "#shared/ids.ts";
import { ok } from "#shared/result.ts";
import { record } from "#server/audit/record.ts";
import type { Database } from "#server/database/types.ts";

import type { Authority } from "./authority.ts";

interface Tools {
  readonly db: Kysely<Database>;
  readonly authority: Authority;
}

/** Deletes for ever every community whose day has come. Killed anywhere, the next call goes on. */
export async function purgeDue(tools: Tools): Promise<void> {
  const due = await tools.db
    .selectFrom("community")
    .select(["id", "name"])
    .where("delete_at", "<=", sql<Date>`now()`)
    .execute();
  for (const { id, name } of due) await purge(tools, id as CommunityId, name);
}

/** First nobody is in it any more, then nothing is, then it is not. */
async function purge({ db, authority }: Tools, id: CommunityId, name: string): Promise<void> {
  await authority.change(async (trx, consequences) => {
    const members = await trx.deleteFrom("membership").where("community_id", "=", id).returning("person_id").execute();
    const inside = await trx
      .deleteFrom("participant")
      .where("channel_id", "in", trx.selectFrom("channel").select("id").where("community_id", "=", id))
      .returning("person_id")
      .execute();
    consequences.people(...[...members, ...inside].map(({ person_id }) => person_id as MemberId));
    return ok(undefined);
  });

  const channels = await db.selectFrom("channel").select("id").where("community_id", "=", id).execute();
  const pages = await db.selectFrom("page").select("id").where("community_id", "=", id).execute();
  for (const log of [...channels, ...pages, { id }, { id: deskOf(id) }]) await forget(db, log.id);

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

/** What is kept of a log, by the column that names it. A new table that holds something of channels has its line here. */
const KEPT_OF_CHANNEL = [
  ["moderation_act", "channel"],
  ["resonance", "channel"],
  ["activity_day", "channel"],
  ["activity", "channel"],
  ["mention", "channel"],
  ["reaction", "channel"],
  ["message", "channel"],
  ["entry", "channel"],
  ["marker", "channel"],
  ["entry_key", "channel"],
  ["document", "channel_id"],
] as const;

/** Documents, journals, snapshots, keys and projections of one log. Their rows are locked as whoever writes and projects locks them. */
const forget = (db: Kysely<Database>, channel: string): Promise<void> =>
  db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`project ${channel}`}, 0))`.execute(trx);
    const { rows } = await sql<{ name: string }>`
      select name from document where channel_id = ${channel} order by name for update`.execute(trx);
    const names = rows.map(({ name }) => name);
    await sql`delete from checkpoint where document = any(${names})`.execute(trx);
    await sql`delete from mirror_due where document = ${`community:${channel}`}`.execute(trx);
    await sql`delete from word_due where log = ${channel}`.execute(trx);
    for (const [table, column] of KEPT_OF_CHANNEL)
      await sql`delete from ${sql.table(table)} where ${sql.ref(column)} = ${channel}`.execute(trx);
  });
