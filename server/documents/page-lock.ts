import { sql, type Kysely } from "kysely";

import type { PageId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";

const lockName = (id: PageId): string => `project ${id}`;

/** Until the end of the transaction nobody else notes what a page says. */
export const lockPage = (trx: Kysely<Database>, id: PageId) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${lockName(id)}, 0))`.execute(trx);

/**
 * The same while `run` lasts, which gets a connection of its own: a page is read as it was at one moment, in a
 * transaction that begins when nobody else is at it, and what was read is written in another one.
 */
export const holdingPage = <Done>(
  db: Kysely<Database>,
  id: PageId,
  run: (own: Kysely<Database>) => Promise<Done>,
): Promise<Done> =>
  db.connection().execute(async (own) => {
    await sql`select pg_advisory_lock(hashtextextended(${lockName(id)}, 0))`.execute(own);
    try {
      return await run(own);
    } finally {
      await sql`select pg_advisory_unlock(hashtextextended(${lockName(id)}, 0))`.execute(own);
    }
  });
