import { sql, type Kysely } from "kysely";

import type { Database } from "#server/database/types.ts";

/** What is kept of a log, by the column that names it. A new table that holds something of channels has its line here. */
const KEPT_OF_LOG = [
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
  ["page_version", "page_id"],
] as const;

/**
 * Forgets a log: documents, journals, snapshots, keys and projections. At most `atOnce` rows of a table go at a time,
 * and the documents last: stopped anywhere, the next call finds them and goes on.
 */
export async function forget(db: Kysely<Database>, log: string, atOnce: number, stop?: AbortSignal): Promise<void> {
  for (const [table, column] of KEPT_OF_LOG)
    await inPieces(db, log, atOnce, stop, (trx) => someOf(trx, table, sql`${sql.ref(column)} = ${log}`, atOnce));
  await inPieces(db, log, atOnce, stop, (trx) => newestUpdates(trx, log, atOnce));
  await locked(db, log, async (trx) => {
    for (const [table, column] of KEPT_OF_LOG)
      await sql`delete from ${sql.table(table)} where ${sql.ref(column)} = ${log}`.execute(trx);
    await forgetDocuments(trx, log);
  });
}

/** Each piece is committed by itself: none of them takes as long as a statement may. */
async function inPieces(
  db: Kysely<Database>,
  log: string,
  atOnce: number,
  stop: AbortSignal | undefined,
  piece: (trx: Kysely<Database>) => Promise<number>,
): Promise<void> {
  do stop?.throwIfAborted();
  while ((await locked(db, log, piece)) === atOnce);
}

/** As whoever projects the log locks it. */
const locked = <Value>(db: Kysely<Database>, log: string, act: (trx: Kysely<Database>) => Promise<Value>) =>
  db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`project ${log}`}, 0))`.execute(trx);
    return act(trx);
  });

async function someOf(trx: Kysely<Database>, table: string, which: ReturnType<typeof sql>, most: number) {
  const { numAffectedRows } = await sql`
    delete from ${sql.table(table)} where ctid = any(array(
      select ctid from ${sql.table(table)} where ${which} limit ${most}))`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

/** The newest first: a journal that lacks its beginning is a broken one to whoever still reads it. */
async function newestUpdates(trx: Kysely<Database>, log: string, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from journal where ctid = any(array(
      select j.ctid from journal j join document d on d.name = j.document
      where d.channel_id = ${log} order by j.document, j.version desc limit ${most}))`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

/** Their rows are locked as whoever writes locks them. */
async function forgetDocuments(trx: Kysely<Database>, log: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select name from document where channel_id = ${log} order by name for update`.execute(trx);
  await sql`delete from checkpoint where document = any(${rows.map(({ name }) => name)})`.execute(trx);
  await sql`delete from mirror_due where document = ${`community:${log}`}`.execute(trx);
  await sql`delete from word_due where log = ${log}`.execute(trx);
  await sql`delete from document where channel_id = ${log}`.execute(trx);
}
