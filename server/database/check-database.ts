import { sql, type Kysely } from "kysely";

import { CannotStart } from "./cannot-start.ts";
import type { Database } from "./types.ts";

const OLDEST = 15;

/** Finds out whether the database can be reached and is new enough, and says in a sentence why not. */
export async function checkDatabase(db: Kysely<Database>): Promise<void> {
  const version = await readVersion(db);
  if (version >= OLDEST) return;
  throw new CannotStart(`The database that DATABASE_URL names is PostgreSQL ${version}; ${OLDEST} or newer is needed.`);
}

async function readVersion(db: Kysely<Database>): Promise<number> {
  try {
    const { rows } = await sql<{
      version: number;
    }>`select current_setting('server_version_num')::int / 10000 as version`.execute(db);
    return rows[0]?.version ?? 0;
  } catch (cause) {
    throw new CannotStart(`The database that DATABASE_URL names cannot be used: ${reasonOf(cause)}.`, { cause });
  }
}

/** Node tries every address of a name, and then has a list of failures in place of a message. */
function reasonOf(error: unknown): string {
  const [first] = (error as AggregateError).errors ?? [];
  return ((first ?? error) as Error).message;
}
