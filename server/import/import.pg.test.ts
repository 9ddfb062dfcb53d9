import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";

import { authorOfLog, logDocument, type Author } from "#shared/documents/names.ts";
import { createFold } from "#shared/entries/fold.ts";
import { parseEntry } from "#shared/entries/kinds.ts";
import type { ChannelId } from "#shared/ids.ts";
import { parseQuery } from "#shared/search/query.ts";
import { search } from "#server/search/search.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { START, talk, type ForeignLine } from "#tests/support/foreign-talk.ts";
import { join as joinCommunity, person } from "#tests/support/people.ts";
import { reloaded } from "#tests/support/scribe.ts";

let database: TestDatabase;
const folder = mkdtempSync(join(tmpdir(), "folkmoot-import-"));

beforeAll(async () => void (database = await testDatabase()));
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

function file(lines: readonly (ForeignLine | string)[]): string {
  const path = join(folder, `${Math.random()}.ndjson`);
  writeFileSync(path, lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"));
  return path;
}

/** The real command, on this test's database. */
function start(path: string, community: string, ...more: readonly string[]): ChildProcess {
  const args = [join(import.meta.dirname, "../commands/import.ts"), "ndjson", path, "--community", community, ...more];
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

async function channelsOf(community: string) {
  const { rows } = await sql<{ id: ChannelId; name: string; messages: number; segments: number[] }>`
    select c.id, c.name,
      (select count(*)::integer from message m where m.channel = c.id) as messages,
      array(select (select count(*)::integer from entry_key k where k.document = d.name) from document d where d.channel_id = c.id order by d.segment) as segments
    from channel c join community o on o.id = c.community_id where o.name = ${community} order by c.name`.execute(
    database.db,
  );
  return rows;
}

test("a long talk comes in whole, in segments, with its replies, and is found", { timeout: 60_000 }, async () => {
  const { code, out, err } = await run(file(talk(12_000)), "Long", "--channel", "talk");

  expect(err).toBe("");
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining("12,000 messages came into") });
  const [channel] = await channelsOf("Long");
  expect(channel).toMatchObject({ name: "talk", messages: 12_000, segments: [5_000, 5_000, 2_000] });

  const carol = await person(database.db, "Carol");
  const { id } = await database.db
    .selectFrom("community")
    .select("id")
    .where("name", "=", "Long")
    .executeTakeFirstOrThrow();
  await joinCommunity(database.db, id as never, carol, "member");
  const { hits } = await search(database.db, carol, parseQuery('"message 4321" from:"author 51"'));
  expect(hits).toMatchObject([{ segment: 1, at: START + 4_321_000 }]);
});

test("each segment folds to its part of the talk, and the next one is where it says", { timeout: 60_000 }, async () => {
  await run(file(talk(5_003)), "Folded");
  const [channel] = await channelsOf("Folded");
  const rows = await Promise.all(
    [1, 2].map(async (segment) =>
      rowsOf(await reloaded(database.db, logDocument("channel", channel?.id as ChannelId, segment))),
    ),
  );

  expect(rows[0]?.map(({ body }) => body)).toEqual(talk(5_000).map(({ body }) => body));
  expect(rows[1]?.map(({ body }) => body)).toEqual(["message 5000", "message 5001", "message 5002"]);
  expect(rows[0]?.[5]?.re).toMatchObject({ author: rows[0]?.[4]?.author, id: rows[0]?.[4]?.id });
  const closed = await database.db
    .selectFrom("document")
    .select(["segment", "closed"])
    .where("channel_id", "=", channel?.id as string)
    .orderBy("segment")
    .execute();
  expect(closed).toEqual([
    { segment: 1, closed: 2 },
    { segment: 2, closed: null },
  ]);
});

function rowsOf(doc: Awaited<ReturnType<typeof reloaded>>) {
  const fold = createFold();
  for (const root of doc.share.keys()) {
    const entries = doc
      .getArray(root)
      .toArray()
      .map(parseEntry)
      .filter((entry) => entry !== undefined);
    entries.forEach((entry) => fold.add({ author: authorOfLog(root) as Author, segment: 1, entry }));
  }
  return fold.rows();
}

test("killed in the middle and run again, it ends as if nothing had happened", { timeout: 120_000 }, async () => {
  const path = file(talk(16_000));
  const killed = start(path, "Killed");
  for await (const text of killed.stdout ?? []) if (/[1-9]\d?,000 messages/.test(String(text))) break;
  killed.kill("SIGKILL");
  await once(killed, "close");

  const { code } = await run(path, "Killed");

  expect(code).toBe(0);
  const [channel] = await channelsOf("Killed");
  expect(channel).toMatchObject({ messages: 16_000, segments: [5_000, 5_000, 5_000, 1_000] });
  const { rows } =
    await sql`select body from message where channel = ${channel?.id} order by position, at, author, id`.execute(
      database.db,
    );
  expect(rows).toEqual(talk(16_000).map(({ body }) => ({ body })));
});

test("imported twice it is there once, and what was added comes in behind", { timeout: 60_000 }, async () => {
  await run(file(talk(300)), "Twice");
  const people = async () =>
    (await sql<{ n: number }>`select count(*)::integer as n from person where origin is not null`.execute(database.db))
      .rows[0]?.n;
  const before = await people();

  const { out } = await run(file(talk(310)), "Twice");

  expect(out).toContain("10 messages came into");
  expect(out).toContain("300 were there before");
  expect(await channelsOf("Twice")).toMatchObject([{ messages: 310, segments: [310] }]);
  expect(await people()).toBe(before);
});

test("a reply may stand before what it answers", async () => {
  const [first, second] = talk(2) as [ForeignLine, ForeignLine];
  await run(file([{ ...first, re: second.id }, second]), "Answers");
  const [channel] = await channelsOf("Answers");

  const rows = await database.db
    .selectFrom("message")
    .select(["id", "re_id"])
    .where("channel", "=", channel?.id as string)
    .orderBy("position")
    .execute();

  expect(rows[0]?.re_id).toBe(rows[1]?.id);
});

test("lines say which channel they belong to", async () => {
  const [first, second, third] = talk(3) as [ForeignLine, ForeignLine, ForeignLine];
  await run(
    file([{ ...first, channel: "Help" }, { ...second, channel: "help" }, third]),
    "Channels",
    "--channel",
    "lounge",
  );

  expect(await channelsOf("Channels")).toMatchObject([
    { name: "Help", messages: 2 },
    { name: "lounge", messages: 1 },
  ]);
});

test("a malformed line is told with its number, and left out or the end, as asked", async () => {
  const [first, second] = talk(2) as [ForeignLine, ForeignLine];
  const path = file([first, "{ broken", "", '{"id":"x"}', second]);

  const stopped = await run(path, "Broken", "--on-error", "stop");
  expect(stopped).toMatchObject({ code: 1, err: expect.stringContaining("Line 2 was left out: not JSON.") });
  expect(stopped.err).toContain("Stopped at line 2.");
  expect(await channelsOf("Broken")).toMatchObject([{ messages: 1 }]);

  const skipped = await run(path, "Broken");
  expect(skipped).toMatchObject({ code: 0, err: expect.stringContaining("Line 4 was left out: at is missing") });
  expect(await channelsOf("Broken")).toMatchObject([{ messages: 2 }]);
});

test.for<[string, readonly string[], string]>([
  [
    "a file that is not there",
    ["/nowhere/file.ndjson", "X"],
    "Cannot read /nowhere/file.ndjson: there is no such file.",
  ],
  ["an owner who is nobody", ["/dev/null", "X", "--owner", "nobody"], 'Nobody here signs in as "nobody".'],
  [
    "an option that means nothing",
    ["/dev/null", "X", "--on-error", "panic"],
    '--on-error must be skip or stop, not "panic".',
  ],
])("%s is told in a sentence", async ([, args, sentence]) => {
  const [path = "", community = "", ...more] = args;
  const { code, err } = await run(path, community, ...more);

  expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining(sentence) });
});

test("the owner who is named owns it, also when it was nobody's before", async () => {
  const alice = await person(database.db, "Alice");
  const { login } = await database.db
    .selectFrom("person")
    .select("login")
    .where("id", "=", alice)
    .executeTakeFirstOrThrow();
  expect((await run(file(talk(1)), "Owned")).out).toContain("Nobody owns it yet.");

  await run(file(talk(1)), "Owned", "--owner", login as string);

  const owners = await database.db
    .selectFrom("membership")
    .innerJoin("community", "id", "community_id")
    .select("person_id")
    .where("name", "=", "Owned")
    .execute();
  expect(owners).toEqual([{ person_id: alice }]);
});
