import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { CommunityId } from "#shared/ids.ts";
import { parseQuery } from "#shared/search/query.ts";
import { search } from "#server/search/search.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { channelsOf, fileOf, START, talk } from "#tests/support/foreign-talk.ts";
import { join as joinCommunity, person } from "#tests/support/people.ts";

const PATIENCE = { timeout: 120_000 };

let database: TestDatabase;
const folder = mkdtempSync(join(tmpdir(), "folkmoot-import-"));

beforeAll(async () => void (database = await testDatabase()));
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

/** The real command, on this test's database. */
function start(path: string, community: string, ...more: readonly string[]): ChildProcess {
  const args = [join(import.meta.dirname, "import.ts"), "ndjson", path, "--community", community, ...more];
  const env = { ...process.env, DATABASE_URL: database.url, DATA_DIR: folder };
  return spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
}

async function run(path: string, community: string, ...more: readonly string[]) {
  const command = start(path, community, ...more);
  let [out, err] = ["", ""];
  command.stdout?.on("data", (text) => (out += text));
  command.stderr?.on("data", (text) => (err += text));
  const [code] = await once(command, "close");
  return { code, out, err };
}

test("a long talk comes in whole, in segments, and is found at once", PATIENCE, async () => {
  const { code, out, err } = await run(fileOf(folder, talk(10_500)), "Long", "--channel", "talk");

  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toContain("10,500 messages came into");
  expect(out).toContain("Nobody owns it yet.");
  expect(await channelsOf(database.db, "Long")).toMatchObject([
    { name: "talk", messages: 10_500, segments: [5_000, 5_000, 500] },
  ]);

  const carol = await person(database.db, "Carol");
  const { id } = await database.db
    .selectFrom("community")
    .select("id")
    .where("name", "=", "Long")
    .executeTakeFirstOrThrow();
  await joinCommunity(database.db, id as CommunityId, carol, "member");
  const { hits } = await search(database.db, carol, parseQuery('"message 4321" from:"author 51"'));
  expect(hits).toMatchObject([{ segment: 1, at: START + 4_321_000 }]);
});

test("killed in the middle and run again, it ends as if nothing had happened", PATIENCE, async () => {
  const path = fileOf(folder, talk(16_000));
  const killed = start(path, "Killed");
  for await (const text of killed.stdout ?? []) if (/[1-9]\d?,000 messages/.test(String(text))) break;
  killed.kill("SIGKILL");
  await once(killed, "close");

  expect(await run(path, "Killed")).toMatchObject({ code: 0 });

  const [channel] = await channelsOf(database.db, "Killed");
  expect(channel).toMatchObject({ messages: 16_000, segments: [5_000, 5_000, 5_000, 1_000] });
  const { rows } =
    await sql`select body from message where channel = ${channel?.id} order by position, at, author, id`.execute(
      database.db,
    );
  expect(rows).toEqual(talk(16_000).map(({ body }) => ({ body })));
});

test.for<[string, readonly string[], string]>([
  [
    "a file that is not there",
    ["/nowhere/file.ndjson", "X"],
    "Cannot read /nowhere/file.ndjson: there is no such file.",
  ],
  [
    "an option that there is not",
    ["/dev/null", "X", "--onerror", "stop"],
    "There is no option --onerror; --help names those there are.",
  ],
  ["an owner who is nobody", ["/dev/null", "X", "--owner", "nobody"], 'Nobody here signs in as "nobody".'],
  [
    "an option that means nothing",
    ["/dev/null", "X", "--on-error", "panic"],
    '--on-error must be skip or stop, not "panic".',
  ],
])("%s is told in a sentence", PATIENCE, async ([, args, sentence]) => {
  const [path = "", community = "", ...more] = args;

  const { code, err } = await run(path, community, ...more);

  expect(code).toBe(1);
  expect(err).toContain(sentence);
});

test("one message is one message, and how far it came is told to the end", PATIENCE, async () => {
  const { out } = await run(fileOf(folder, talk(1)), "One");

  expect(out).toMatch(/^100 % 1 message\n1 message came into "One" in \d+ s\. There before: 0\./m);
});

test("a malformed line that ends it is told with its number", PATIENCE, async () => {
  const { code, err } = await run(fileOf(folder, [...talk(1), "{ broken", ...talk(2)]), "Broken", "--on-error", "stop");

  expect(code).toBe(1);
  expect(err).toContain("Line 2 was left out: not JSON.");
  expect(err).toContain("Stopped at line 2.");
  expect(await channelsOf(database.db, "Broken")).toMatchObject([{ messages: 1 }]);
});
