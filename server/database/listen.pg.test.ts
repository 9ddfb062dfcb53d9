import { sql } from "kysely";
import { afterAll, beforeAll, expect, inject, test } from "vitest";

import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { openPipe } from "#tests/support/pipe.ts";
import { until } from "#tests/support/until.ts";

import { listen } from "./listen.ts";
import { createDatabase } from "./pool.ts";

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.close());

/** Lets nobody into the database that `url` names, or all again. */
async function admit(url: string, isOpen: boolean): Promise<void> {
  const elsewhere = createDatabase(inject("postgresUrl"), { size: 1 });
  const name = new URL(url.replace("postgres://", "http://h")).pathname.slice(1);
  await sql`alter database ${sql.id(name)} allow_connections ${sql.raw(String(isOpen))}`.execute(elsewhere);
  if (!isOpen)
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`.execute(elsewhere);
  await elsewhere.destroy();
}

test("while the database is away it is asked again and again, by one, and heard when it is back", async () => {
  const heard: string[] = [];
  const failures: unknown[] = [];
  let reconnected = 0;
  const listening = await listen(database.url, {
    on: { news: (payload) => heard.push(payload) },
    reconnected: () => (reconnected += 1),
    failed: (error) => failures.push(error),
  });
  const began = performance.now();
  await admit(database.url, false);
  await until(() => failures.length >= 8);
  expect(performance.now() - began, "it tries every half second").toBeGreaterThan(2_500);

  await admit(database.url, true);
  await until(() => reconnected > 0);
  await sql`select pg_notify('news', 'good')`.execute(database.db);
  await until(() => heard.length > 0);
  expect([heard, reconnected]).toEqual([["good"], 1]);
  await listening.close();
});

test("a connection that has fallen silent, and was closed by nobody, is noticed and made anew", async () => {
  await using pipe = await openPipe(database.url);
  const heard: string[] = [];
  const failures: unknown[] = [];
  let reconnected = 0;
  const listening = await listen(
    pipe.url,
    {
      on: { news: (payload) => heard.push(payload) },
      reconnected: () => (reconnected += 1),
      failed: (error) => failures.push(error),
    },
    { every: 100, patience: 300 },
  );
  const ring = (what: string) => sql`select pg_notify('news', ${what})`.execute(database.db);
  await ring("before");
  await until(() => heard.length === 1);
  expect([reconnected, failures]).toEqual([0, []]);

  pipe.freeze();
  await ring("unheard");
  // It tries in vain for as long as nobody answers.
  await until(() => failures.length >= 3, "the silence to be noticed");
  expect([heard, reconnected]).toEqual([["before"], 0]);

  pipe.thaw();
  await until(() => reconnected === 1, "the new connection");
  await ring("after");
  await until(() => heard.length === 2);
  expect(heard).toEqual(["before", "after"]);

  pipe.freeze();
  await listening.close();
  expect(reconnected).toBe(1);
});
