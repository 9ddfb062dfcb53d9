import { sql, type Kysely } from "kysely";

import type { Database } from "./types.ts";

/**
 * The name of one history of the journal. A database that was restored to a point in time goes on along another
 * timeline: clients that know a later state of the old one must be told apart.
 */
export async function readIncarnation(db: Kysely<Database>, installationId: string): Promise<string> {
  const { rows } = await sql<{ timeline_id: number }>`select timeline_id from pg_control_checkpoint()`.execute(db);
  return `${installationId}.${rows[0]?.timeline_id}`;
}
