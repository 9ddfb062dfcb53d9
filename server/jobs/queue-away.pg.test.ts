import { afterAll, beforeAll, expect, test } from "vitest";

import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { monologue } from "#tests/support/queues.ts";

import { sweep } from "./sweep.ts";
import { startWork } from "./work.ts";

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.close());

test("a Redis that is away keeps no worker from starting, sweeping and stopping", async () => {
  const { db, url } = database;
  const problems: unknown[] = [];
  const alice = await monologue(db, undefined);
  const tools = { db, submit: alice.submit, failed: (problem: unknown) => void problems.push(problem) };
  const work = await startWork({ databaseUrl: url, redisUrl: "redis://127.0.0.1:1" }, tools);

  await alice.say("Is anybody searching?");
  await sweep(tools);
  expect(await alice.bodies()).toEqual(["Is anybody searching?"]);
  await expect.poll(() => problems.map(String).join()).toContain("ECONNREFUSED");
  await work.close();
});
