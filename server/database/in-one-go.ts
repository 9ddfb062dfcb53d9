import type { CompiledQuery, Kysely, RawBuilder } from "kysely";
import { prepareValue } from "pg/lib/utils";

import type { Database } from "./types.ts";

/**
 * Sends statements together on one connection, without waiting for the answer to one before the next. They run in their
 * order, each by itself: one that fails keeps only a transaction from going on. Answers the rows of each; throws what the
 * first that fails throws.
 */
export async function inOneGo(
  connection: Kysely<Database>,
  statements: readonly RawBuilder<unknown>[],
): Promise<readonly (readonly unknown[])[]> {
  const ready = statements.map((statement) => written(statement.compile(connection)));
  return connection
    .getExecutor()
    .provideConnection((own) => Promise.all(ready.map(async (query) => (await own.executeQuery(query)).rows)));
}

/**
 * All are written down before any is sent: PostgreSQL would hear nothing of one that cannot be, and commit the transaction
 * without it.
 */
const written = (query: CompiledQuery): CompiledQuery => ({ ...query, parameters: query.parameters.map(prepareValue) });
