import type { Writable } from "node:stream";

import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";

import type { Database } from "./types.ts";

/** Our bigints are versions, clocks and milliseconds, all below 2^53. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export interface PoolOptions {
  readonly size?: number;
  /** How long a statement waits for its answer, in ms. The database itself gives up sooner, where it still can. */
  readonly patience?: number;
  /** Told of connections that break, as when PostgreSQL restarts. Whoever was using one is told by their query as well. */
  readonly onError?: (error: Error) => void;
}

/** The longest that a statement may take, in ms. */
const STATEMENT = 60_000;

/** A typed pool of connections. `destroy()` closes it. */
export function createDatabase(
  url: string,
  { size = 10, patience = STATEMENT + 5_000, onError = () => undefined }: PoolOptions = {},
): Kysely<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: 10_000,
    statement_timeout: STATEMENT,
    // Whoever does not answer any more, and has closed nothing, would hold this connection and all who wait behind it.
    query_timeout: patience,
    keepAlive: true,
    // What is sent in one breath goes out together: see `inOneGo`.
    pipeline: true,
  });
  // Unheard, one that breaks would end the process. The pool listens to those that are idle, and only to those.
  pool.on("connect", (client) => client.on("error", onError));
  pool.on("error", () => undefined);
  pool.on("connect", keepPlans);
  pool.on("connect", writeTogether);
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}

const KEPT = /^\/\* kept: ([a-z-]+) \*\/ /;

/**
 * A statement that begins with `/* kept: name *\/` is parsed and planned once for each connection, and not each time:
 * for some that takes longer than to run them. Its text must always be the same.
 */
function keepPlans(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (text: string | pg.QueryConfig, values?: unknown[]) => unknown;
  const kept = (text: string, values: unknown[]): unknown => {
    const name = KEPT.exec(text)?.[1];
    return name === undefined ? query(text, values) : query({ name, text, values });
  };
  client.query = ((text: string, values: unknown[]) =>
    typeof text === "string" ? kept(text, values) : query(text, values)) as typeof client.query;
}

/** What is asked in one breath is written in one go, which costs about as much as one of it. */
function writeTogether(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Writable } }).connection;
  const query = client.query.bind(client) as (...asked: unknown[]) => unknown;
  client.query = ((...asked: unknown[]) => {
    stream.cork();
    process.nextTick(() => stream.uncork());
    return query(...asked);
  }) as typeof client.query;
}
