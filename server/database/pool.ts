import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";

import type { Database } from "./types.ts";

/** Our bigints are versions, clocks and milliseconds, all below 2^53. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export interface PoolOptions {
  readonly size?: number;
  /** Told of connections that break while nobody uses them, as when PostgreSQL restarts. Unheard they would end the process. */
  readonly onError?: (error: Error) => void;
}

/** A typed pool of connections. `destroy()` closes it. */
export function createDatabase(
  url: string,
  { size = 10, onError = () => undefined }: PoolOptions = {},
): Kysely<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 60_000,
  });
  pool.on("error", onError);
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}
