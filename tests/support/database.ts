import { randomUUID } from "node:crypto";

import { sql, type Kysely } from "kysely";
import { inject } from "vitest";

import { createDatabase } from "#server/database/pool.ts";
import type { Database } from "#server/database/types.ts";

export interface TestDatabase {
  readonly db: Kysely<Database>;
  readonly url: string;
  close(): Promise<void>;
}

/** A fresh, migrated database of its own in the tests' PostgreSQL. Close it when the test file is done. */
export async function testDatabase(): Promise<TestDatabase> {
  const main = inject("postgresUrl");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await administer(main, `create database ${name} template postgres`);

  const url = main.replace("/postgres?", `/${name}?`);
  const db = createDatabase(url, { size: 8 });
  return {
    db,
    url,
    async close() {
      await db.destroy();
      await administer(main, `drop database if exists ${name} with (force)`);
    },
  };
}

async function administer(url: string, statement: string): Promise<void> {
  // A database can only be copied while nobody is connected to it: the statement comes from another one.
  const db = createDatabase(url.replace("/postgres?", "/template1?"), { size: 1 });
  try {
    await sql.raw(statement).execute(db);
  } finally {
    await db.destroy();
  }
}
