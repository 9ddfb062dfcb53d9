import type { Kysely, KyselyPlugin } from "kysely";

import type { Database } from "#server/database/types.ts";

/** The same database, and how many statements have been sent to it; beginnings and ends of transactions are not counted. */
export function counting(db: Kysely<Database>): {
  readonly db: Kysely<Database>;
  readonly count: { statements: number };
} {
  const count = { statements: 0 };
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      count.statements += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return { db: db.withPlugin(plugin), count };
}
