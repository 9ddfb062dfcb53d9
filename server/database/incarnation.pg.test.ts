import { afterAll, beforeAll, expect, test } from "vitest";

import { testDatabase, type TestDatabase } from "#tests/support/database.ts";

import { readIncarnation } from "./incarnation.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(() => database.close());

test("an incarnation is that of one installation on one timeline", async () => {
  expect(await readIncarnation(database.db, "here")).toBe("here.1");
  expect(await readIncarnation(database.db, "there")).not.toBe(await readIncarnation(database.db, "here"));
});
