import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";

import { testDatabase, type TestDatabase } from "#tests/support/database.ts";

import { migrate } from "./migrate.ts";

const MIGRATIONS = join(import.meta.dirname, "../../migrations");

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), "folkmoot-migrations-"));
  cpSync(MIGRATIONS, folder, { recursive: true });
});

afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

const valuesIn = async (table: string): Promise<readonly unknown[]> =>
  (await sql<{ value: unknown }>`select value from ${sql.table(table)} order by 1`.execute(database.db)).rows.map(
    ({ value }) => value,
  );

test("what is missing is applied in the order of the names, once", async () => {
  write("9002_second.sql", "insert into thing (value) values ('second');");
  write("9001_first.sql", "create table thing (value text);");

  expect(await migrate(database.db, folder)).toEqual(["9001_first.sql", "9002_second.sql"]);
  expect(await migrate(database.db, folder)).toEqual([]);
  expect(await valuesIn("thing")).toEqual(["second"]);
});

test("of several processes that start at once one applies it", async () => {
  write("9001_first.sql", "create table thing (value text); insert into thing values ('once');");
  const applied = await Promise.all([1, 2, 3].map(() => migrate(database.db, folder)));

  expect(applied.flat()).toEqual(["9001_first.sql"]);
  expect(await valuesIn("thing")).toEqual(["once"]);
});

test("one that fails leaves nothing of itself, and what stood before it stays", async () => {
  write("9001_first.sql", "create table thing (value text);");
  write("9002_second.sql", "insert into thing (value) values ('half'); select 1 / 0;");

  await expect(migrate(database.db, folder)).rejects.toThrow("division by zero");
  expect(await valuesIn("thing")).toEqual([]);
  write("9002_second.sql", "insert into thing (value) values ('whole');");
  expect(await migrate(database.db, folder)).toEqual(["9002_second.sql"]);
});

test("a database of a newer release is refused with a sentence", async () => {
  write("9001_first.sql", "create table thing (value text);");
  await migrate(database.db, folder);

  await expect(migrate(database.db, MIGRATIONS)).rejects.toThrow(
    "The database was made by a newer release (it has 9001_first.sql). Start that release again.",
  );
});

test("a migration that was changed after it had been applied is refused with a sentence", async () => {
  write("9001_first.sql", "create table thing (value text);");
  await migrate(database.db, folder);
  write("9001_first.sql", "create table thing (value text not null);");

  await expect(migrate(database.db, folder)).rejects.toThrow(
    "The migration 9001_first.sql was changed after it had been applied.",
  );
});
