import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";

import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { openPipe } from "#tests/support/pipe.ts";
import { until } from "#tests/support/until.ts";

import { createDatabase } from "./pool.ts";

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.close());

test("a connection that breaks between two statements of a transaction fails that transaction, and nothing else", async () => {
  const told: unknown[] = [];
  const db = createDatabase(database.url, { size: 2, onError: (error) => told.push(error) });
  const broken = db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
    await sql`select pg_terminate_backend(${rows[0]?.pid}, 5000)`.execute(db);
    // Nobody waits for an answer when it breaks.
    await until(() => told.length > 0);
    await sql`select 1`.execute(trx);
  });

  await expect(broken).rejects.toThrow();
  await expect(sql`select 1`.execute(db)).resolves.toBeDefined();
  await db.destroy();
});

test("a database that has fallen silent, and closed nothing, keeps nobody waiting for ever, and is found when it is back", async () => {
  await using pipe = await openPipe(database.url);
  const db = createDatabase(pipe.url, { size: 1, patience: 300 });
  const silenced = db.transaction().execute(async (trx) => {
    await sql`select 1`.execute(trx);
    pipe.freeze();
    await sql`select 2`.execute(trx);
  });
  await expect(silenced).rejects.toThrow();
  pipe.thaw();
  await expect(sql`select 3`.execute(db)).resolves.toBeDefined();
  await db.destroy();
});
