import { sql, type Kysely, type RawBuilder } from "kysely";

import { inOneGo } from "#server/database/in-one-go.ts";
import type { Database } from "#server/database/types.ts";

/** What a transaction has come to, and the statements that store it. */
interface Result<Done> {
  readonly done: Done;
  readonly storing: readonly RawBuilder<unknown>[];
}

/**
 * Every batch waits for each answer: what needs none is sent together. A plan that is kept may have been made when the
 * tables were empty, and must find its rows by their indexes all the same.
 */
export function inDurableTransaction<Locked, Done>(
  db: Kysely<Database>,
  locking: RawBuilder<Locked>,
  run: (trx: Kysely<Database>, locked: readonly Locked[]) => Promise<Result<Done>>,
): Promise<Done> {
  const begin = sql`begin; set local lock_timeout = '1s'; set local synchronous_commit = on; set local enable_seqscan = off`;
  return db.connection().execute(async (connection) => {
    try {
      const [, locked] = await inOneGo(connection, [begin, locking]);
      const { done, storing } = await run(connection, locked as readonly Locked[]);
      // What cannot be stored makes PostgreSQL end the transaction without it.
      await inOneGo(connection, [...storing, sql`commit`]);
      return done;
    } catch (error) {
      await sql`rollback`.execute(connection);
      throw error;
    }
  });
}
