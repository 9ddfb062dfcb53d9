import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";

import type { Database } from "./types.ts";

/** Our bigints are versions, clocks and milliseconds, all below 2^53. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export interface PoolOptions {
  readonly size?: number;
  /** Told of connections that break, as when PostgreSQL restarts. Whoever was using one is told by their query as well. */
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
  // Unheard, one that breaks would end the process. The pool listens to those that are idle, and only to those.
  pool.on("connect", (client) => client.on("error", onError));
  pool.on("error", () => undefined);
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}
