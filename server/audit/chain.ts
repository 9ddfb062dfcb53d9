import { sql, type Kysely } from "kysely";

import type { Database } from "#server/database/types.ts";

import { endOf, keepEnd, troubleAtEnd } from "./end.ts";
import type { HeadKeeper } from "./head.ts";
import { seal } from "./seal.ts";

/** Where the chain is made: the database, the key that is not in it, and the place where its end is kept. */
export interface Chain {
  readonly db: Kysely<Database>;
  readonly key: Uint8Array;
  readonly head: HeadKeeper;
}

/** Acts that one transaction chains. */
const AT_ONCE = 500;

const LOCK = 4_711_010;

export class TrailBroken extends Error {}

/**
 * Gives every committed act its place in the chain, and keeps the new end. Whoever does something waits for none of it.
 * Several processes may call it at once: one of them chains. Rejects where the chain no longer holds the end that was
 * kept: it goes on all the same, and what was kept stays to be asked about.
 */
export function chainActs({ db, key, head }: Chain): Promise<void> {
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_lock(${LOCK}) as mine`.execute(connection);
    if (rows[0]?.mine !== true) return;
    try {
      const trouble = await troubleAtEnd(connection, head.read());
      // Before there is a first link, too: a trail without a record is one whose record was lost.
      if (trouble === undefined) await keepEnd(connection, head);
      while ((await chainNext(connection, key)) > 0);
      if (trouble !== undefined) throw new TrailBroken(trouble);
      await keepEnd(connection, head);
    } finally {
      await sql`select pg_advisory_unlock(${LOCK})`.execute(connection);
    }
  });
}

/** Chains some of what waits, the oldest first; answers how many acts. */
const chainNext = (db: Kysely<Database>, key: Uint8Array): Promise<number> =>
  db.transaction().execute(async (trx) => {
    const acts = await trx
      .selectFrom("audit_act")
      .selectAll()
      .where("id", "in", (eb) => eb.selectFrom("audit_waiting as w").select("w.act").orderBy("w.act").limit(AT_ONCE))
      .orderBy("id")
      .execute();
    const end = await endOf(trx);
    const links: { readonly position: number; readonly act: number; readonly hash: Buffer }[] = [];
    for (const act of acts) {
      const { position, hash } = links.at(-1) ?? end;
      links.push({ position: position + 1, act: act.id, hash: seal(key, hash, position + 1, act) });
    }

    if (links.length === 0) return 0;
    await trx.insertInto("audit_link").values(links).execute();
    const chained = links.map(({ act }) => act);
    await trx.deleteFrom("audit_waiting").where("act", "in", chained).execute();
    return links.length;
  });
