import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";

import { testDatabase, type TestDatabase } from "#tests/support/database.ts";

import { inOneGo } from "./in-one-go.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await sql`create table word (text text unique)`.execute(database.db);
});
afterAll(() => database.close());

const say = (text: string) => sql`insert into word values (${text})`;
const said = async (): Promise<readonly string[]> =>
  (await sql<{ text: string }>`select text from word order by text`.execute(database.db)).rows.map(({ text }) => text);

test("statements run in their order, and each is answered for itself", async () => {
  const answers = await database.db
    .connection()
    .execute((connection) =>
      inOneGo(connection, [sql`begin`, say("one"), sql`select text from word`, sql`select 2 as two`, sql`commit`]),
    );
  expect(answers[2]).toEqual([{ text: "one" }]);
  expect(answers[3]).toEqual([{ two: 2 }]);
  expect(await said()).toEqual(["one"]);
});

test("where one fails nothing of the transaction stays, and it is told which; the connection goes on", async () => {
  await database.db.connection().execute(async (connection) => {
    const failing = inOneGo(connection, [sql`begin`, say("two"), say("one"), say("three"), sql`commit`]);
    await expect(failing).rejects.toThrow(/unique constraint/);
    expect(await inOneGo(connection, [sql`select 1 as one`])).toEqual([[{ one: 1 }]]);
  });
  expect(await said()).toEqual(["one"]);
});

test("where a value cannot even be sent nothing is sent of all that was to go with it", async () => {
  const circular: unknown[] = [];
  circular.push({ circular });
  const unsayable = sql`insert into word values (${{ circular }})`;
  await database.db.connection().execute(async (connection) => {
    await expect(inOneGo(connection, [sql`begin`, say("four"), unsayable, sql`commit`])).rejects.toThrow(/circular/);
    expect(await inOneGo(connection, [sql`select 1 as one`])).toEqual([[{ one: 1 }]]);
  });
  expect(await said()).toEqual(["one"]);
});
