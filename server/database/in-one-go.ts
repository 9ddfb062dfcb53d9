import type { Kysely, RawBuilder } from "kysely";

import type { Database } from "./types.ts";

/**
 * Sends statements together on one connection, without waiting for the answer to one before the next. They run in their
 * order, each by itself: one that fails keeps only a transaction from going on. Answers the rows of each; throws what the
 * first that fails throws.
 */
export const inOneGo = (
  connection: Kysely<Database>,
  statements: readonly RawBuilder<unknown>[],
): Promise<readonly (readonly unknown[])[]> =>
  connection
    .getExecutor()
    .provideConnection((own) =>
      Promise.all(statements.map(async (statement) => (await own.executeQuery(statement.compile(connection))).rows)),
    );
