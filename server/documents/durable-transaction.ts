import { sql, type Kysely, type RawBuilder } from "kysely";

import { inOneGo } from "#server/database/in-one-go.ts";
import type { Database } from "#server/database/types.ts";

/** What a transaction has come to, and the statements that store it. */
interface Result<Done> {
  readonly done: Done;
  readonly storing: readonly RawBuilder<unknown>[];
}

/** What a transaction asks first: the rows that it locks, and what is to be known once they are. */
interface Asking<Locked, Found> {
  readonly locking: RawBuilder<Locked>;
  readonly facts: RawBuilder<Found>;
}

/**
 * Every batch waits for each answer: what needs none is sent together. A plan that is kept may have been made when the
 * tables were empty, and must find its rows by their indexes all the same. A
 * statement begins when the one before it has ended, and sees what others committed until then: also while it waited for
 * a lock.
 */
export function inDurableTransaction<Locked, Found, Done>(
  db: Kysely<Database>,
  { locking, facts }: Asking<Locked, Found>,
  run: (trx: Kysely<Database>, locked: readonly Locked[], found: Found) => Promise<Result<Done>>,
): Promise<Done> {
  const begin = sql`begin; set local lock_timeout = '1s'; set local synchronous_commit = on; set local enable_seqscan = off`;
  return db.connection().execute(async (connection) => {
    try {
      const [, locked, found] = await inOneGo(connection, [begin, locking, facts]);
      const { done, storing } = await run(connection, locked as readonly Locked[], found?.[0] as Found);
      // What cannot be stored makes PostgreSQL end the transaction without it.
      await inOneGo(connection, [...storing, sql`commit`]);
      return done;
    } catch (error) {
      await sql`rollback`.execute(connection);
      throw error;
    }
  });
}
