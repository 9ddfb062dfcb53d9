import { sql, type Kysely } from "kysely";
import { expect } from "vitest";

import type { Database } from "#server/database/types.ts";

/** Does something while nobody can commit to a document. `waiting` resolves when so many transactions want to. */
export const withRowLocked = <Value>(
  db: Kysely<Database>,
  name: string,
  act: (waiting: (count: number) => Promise<void>) => Promise<Value>,
): Promise<Value> =>
  db.transaction().execute(async (trx) => {
    await trx.selectFrom("document").select("name").where("name", "=", name).forUpdate().execute();
    return act((count) => expect.poll(() => waitersIn(db), { timeout: 5_000, interval: 10 }).toBe(count));
  });

/** How many transactions wait for each other. */
export async function waitersIn(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}
