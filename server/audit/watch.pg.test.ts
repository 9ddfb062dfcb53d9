import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";

import { testDatabase, type TestDatabase } from "#tests/support/database.ts";

import { chainActs, type Chain } from "./chain.ts";
import type { Head } from "./head.ts";
import { record } from "./record.ts";
import { watchTrail } from "./watch.ts";

let database: TestDatabase;
let chain: Chain;
beforeAll(async () => {
  database = await testDatabase();
  let kept: Head | undefined;
  chain = { db: database.db, key: new Uint8Array(32), head: { read: () => kept, write: (head) => void (kept = head) } };
  const act = { actor: null, act: "settings.change", target: { kind: "platform", id: "settings" } } as const;
  for (const n of [1, 2, 3]) await record(database.db, { ...act, details: { n } });
  await chainActs(chain);
});
afterAll(() => database.close());

const tell = (n: number) =>
  database.db.connection().execute(async (connection) => {
    await sql`set session_replication_role = replica`.execute(connection);
    await sql`update audit_act set details = ${JSON.stringify({ n })} where id = 2`.execute(connection);
    await sql`set session_replication_role = origin`.execute(connection);
  });

test("whoever goes on asking is told of an act in the middle that was changed, and of its being mended", async () => {
  const failures: unknown[] = [];
  let now = 0;
  const watch = watchTrail(
    chain,
    (error) => failures.push(error),
    () => (now += 60_000),
  );
  expect(await watch.trouble()).toBeUndefined();
  await tell(9);
  await expect.poll(watch.trouble).toMatch(/^Act 2 .*not what it was/);
  await tell(2);
  await expect.poll(watch.trouble).toBeUndefined();
  await watch.close();
  expect(await watch.trouble()).toBeUndefined();
  expect(failures).toEqual([]);
});
