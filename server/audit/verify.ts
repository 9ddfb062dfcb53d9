import { sql, type Kysely } from "kysely";

import type { Database } from "#server/database/types.ts";

import type { Chain } from "./chain.ts";
import { troubleAtEnd } from "./end.ts";
import { NOTHING_BEFORE, seal, type StoredAct } from "./seal.ts";

/** What a verification found: how many acts are in the chain and not yet in it, and the first thing that is wrong. */
export interface Verified {
  readonly acts: number;
  readonly waiting: number;
  readonly broken?: string;
}

const AT_ONCE = 1_000;

/**
 * Follows the chain from its first link to the end that was kept elsewhere. Finds acts that were changed, removed, put
 * into another order, slipped in or cut off at the end.
 */
export function verifyTrail(chain: Chain, onProgress: (done: number, total: number) => void): Promise<Verified> {
  // One picture of the tables: acts go on coming in.
  return chain.db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (trx) => {
      const head = chain.head.read();
      const { total, waiting } = await counts(trx);
      const walked = await walk(trx, chain.key, (done) => onProgress(done, total));
      const broken = walked.broken ?? (await strangers(trx)) ?? (await troubleAtEnd(trx, head));
      return { acts: walked.acts, waiting, ...(broken === undefined ? {} : { broken }) };
    });
}

async function counts(db: Kysely<Database>): Promise<{ readonly total: number; readonly waiting: number }> {
  const { rows } = await sql<{ total: number; waiting: number }>`
    select (select count(*) from audit_link) as total, (select count(*) from audit_waiting) as waiting`.execute(db);
  return rows[0] as { total: number; waiting: number };
}

async function walk(
  db: Kysely<Database>,
  key: Uint8Array,
  onProgress: (done: number) => void,
): Promise<Pick<Verified, "acts" | "broken">> {
  let before: Buffer = NOTHING_BEFORE;
  for (let position = 0; ;) {
    const rows = await linksAfter(db, position);
    if (rows.length === 0) return { acts: position };

    for (const row of rows) {
      position += 1;
      const broken = faultOf(key, before, position, row);
      if (broken !== undefined) return { acts: position - 1, broken };
      before = row.hash;
    }
    onProgress(position);
  }
}

type Row = Awaited<ReturnType<typeof linksAfter>>[number];

function faultOf(key: Uint8Array, before: Buffer, position: number, row: Row): string | undefined {
  if (row.position !== position) return `Act ${position} of the trail is missing.`;
  if (row.id === null) return `Act ${position} of the trail (row ${row.link}) was removed.`;
  return seal(key, before, position, row as StoredAct).equals(row.hash)
    ? undefined
    : `Act ${position} of the trail (row ${row.link}) is not what it was, or not where it was.`;
}

const linksAfter = (db: Kysely<Database>, position: number) =>
  db
    .selectFrom("audit_link as l")
    .leftJoin("audit_act as a", "a.id", "l.act")
    .selectAll("a")
    .select(["l.position", "l.hash", "l.act as link"])
    .where("l.position", ">", position)
    .orderBy("l.position")
    .limit(AT_ONCE)
    .execute();

/** Acts that are neither in the chain nor on their way into it. */
async function strangers(db: Kysely<Database>): Promise<string | undefined> {
  const { rows } = await sql<{ id: number }>`
    select a.id from audit_act a
    where not exists (select from audit_link l where l.act = a.id)
      and not exists (select from audit_waiting w where w.act = a.id)
    order by a.id limit 1`.execute(db);
  return rows[0] && `Row ${rows[0].id} is not in the chain: its link was removed, or it was slipped in.`;
}
