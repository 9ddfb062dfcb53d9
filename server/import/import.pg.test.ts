import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";

import { authorOfLog, logDocument, type Author } from "#shared/documents/names.ts";
import { createFold } from "#shared/entries/fold.ts";
import { parseEntry } from "#shared/entries/kinds.ts";
import type { ChannelId, CommunityId } from "#shared/ids.ts";
import { collectConsequences } from "#server/documents/authority-change.ts";
import type { Committer } from "#server/documents/committer.ts";
import { projectDocument } from "#server/projections/run.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { channelsOf, fileOf, talk, type ForeignLine } from "#tests/support/foreign-talk.ts";
import { person } from "#tests/support/people.ts";
import { reloaded, testNode } from "#tests/support/scribe.ts";

import { importMessages } from "./import-messages.ts";
import { communityNamed, type Change } from "./places.ts";

let database: TestDatabase;
let committer: Committer;
const folder = mkdtempSync(join(tmpdir(), "folkmoot-import-"));

beforeAll(async () => {
  database = await testDatabase();
  committer = testNode(database.db).committer;
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const change: Change = (command) =>
  database.db.transaction().execute((trx) => command(trx, collectConsequences().consequences));

/** Imports lines and projects what they made. */
async function bring(lines: readonly (ForeignLine | string)[], name: string, channel = "general", owner?: string) {
  const { db } = database;
  const community = await communityNamed(db, change, name, owner);
  if (!community.ok) throw new Error(community.problem);
  const problems: string[] = [];
  const documents: string[] = [];
  const result = await importMessages(
    {
      db,
      submit: committer.submit,
      ring: () => undefined,
      change,
      written: (document) => documents.push(document),
      progress: () => undefined,
      malformed: (line, why) => problems.push(`${line}: ${why}`),
    },
    { path: fileOf(folder, lines), community: community.value, channel, onError: "skip" },
  );
  for (const document of documents) await projectDocument(db, document);
  return { result, problems, community: community.value };
}

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

test("each segment folds to its part of the talk, and says where it goes on", { timeout: 60_000 }, async () => {
  await bring(talk(5_003), "Folded");
  const [channel] = await channelsOf(database.db, "Folded");
  const id = channel?.id as ChannelId;

  const [first, second] = await Promise.all(
    [1, 2].map(async (n) => rowsOf(await reloaded(database.db, logDocument("channel", id, n)))),
  );

  expect(first?.map(({ body }) => body)).toEqual(talk(5_000).map(({ body }) => body));
  expect(second?.map(({ body }) => body)).toEqual(["message 5000", "message 5001", "message 5002"]);
  expect(first?.[5]?.re).toMatchObject({ author: first?.[4]?.author, id: first?.[4]?.id });
  const documents = database.db.selectFrom("document").select(["segment", "closed"]).where("channel_id", "=", id);
  expect(await documents.orderBy("segment").execute()).toEqual([
    { segment: 1, closed: 2 },
    { segment: 2, closed: null },
  ]);
});

test("imported twice it is there once, and what was added comes in behind", async () => {
  await bring(talk(300), "Twice");
  const people = async () =>
    (await sql<{ n: number }>`select count(*) as n from person where origin is not null`.execute(database.db)).rows[0]
      ?.n;
  const before = await people();

  const { result } = await bring(talk(310), "Twice");

  expect(result).toMatchObject({ ok: true, value: { imported: 10, known: 300, lostReplies: 0 } });
  expect(await channelsOf(database.db, "Twice")).toMatchObject([{ messages: 310, segments: [310] }]);
  expect(await people()).toBe(before);
});

test("the places that an import makes, and to whom it gives them, are in the audit trail once", async () => {
  const owner = await person(database.db, "Victor");
  await sql`update person set login = 'victor' where id = ${owner}`.execute(database.db);
  const acts = async (community: CommunityId) =>
    (
      await database.db.selectFrom("audit_act").selectAll().where("community", "=", community).orderBy("id").execute()
    ).map(({ actor, act, target_name, target_id }) => [actor, act, target_name ?? target_id]);

  const { community } = await bring(talk(3), "Audited");
  const made = [
    [null, "community.create", "Audited"],
    [null, "import.run", "Audited"],
    [null, "channel.create", "general"],
  ];
  expect(await acts(community)).toEqual(made);
  await bring(talk(4), "Audited", "general", "victor");
  const given = [...made, [null, "community.transfer", owner], [null, "import.run", "Audited"]];
  expect(await acts(community)).toEqual(given);
  await bring(talk(5), "Audited", "general", "victor");
  expect(await acts(community)).toEqual([...given, [null, "import.run", "Audited"]]);
});

test("a reply may stand before what it answers, and one to nothing is counted", async () => {
  const [first, second, third] = talk(3) as [ForeignLine, ForeignLine, ForeignLine];

  const { result } = await bring([{ ...first, re: second.id }, second, { ...third, re: "nothing" }], "Answers");

  expect(result).toMatchObject({ ok: true, value: { imported: 3, lostReplies: 1 } });
  const [channel] = await channelsOf(database.db, "Answers");
  const rows = database.db
    .selectFrom("message")
    .select(["id", "re_id"])
    .where("channel", "=", channel?.id as string);
  const [answer, question, alone] = await rows.orderBy("position").execute();
  expect(answer?.re_id).toBe(question?.id);
  expect(alone?.re_id).toBeNull();
});

test("lines say which channel they belong to", async () => {
  const [first, second, third] = talk(3) as [ForeignLine, ForeignLine, ForeignLine];

  await bring([{ ...first, channel: "Help" }, { ...second, channel: "help" }, third], "Channels", "lounge");

  expect(await channelsOf(database.db, "Channels")).toMatchObject([
    { name: "Help", messages: 2 },
    { name: "lounge", messages: 1 },
  ]);
});

test("a malformed line is told with its number, and the others come in", async () => {
  const [first, second] = talk(2) as [ForeignLine, ForeignLine];

  const { result, problems } = await bring([first, "{ broken", "", '{"id":"x"}', second], "Broken");

  expect(problems).toEqual(["2: not JSON", "4: at is missing or not as it must be"]);
  expect(result).toMatchObject({ ok: true, value: { imported: 2, skipped: 2 } });
});

test("authors are people who can neither sign in nor are members", async () => {
  const { community } = await bring(talk(2), "Unclaimed");

  const people = database.db
    .selectFrom("person")
    .select(["name", "login"])
    .where("origin", "like", `import/${community}/%`);
  expect(await people.orderBy("name").execute()).toEqual([
    { name: "author 0", login: null },
    { name: "author 1", login: null },
  ]);
  expect(
    await database.db.selectFrom("membership").selectAll().where("community_id", "=", community).execute(),
  ).toEqual([]);
});

test("the owner who is named owns it, also when it was nobody's before", async () => {
  const alice = await person(database.db, "Alice");
  const { login } = await database.db
    .selectFrom("person")
    .select("login")
    .where("id", "=", alice)
    .executeTakeFirstOrThrow();
  await bring(talk(1), "Owned");

  const { community } = await bring(talk(1), "Owned", "general", login as string);

  const members = database.db
    .selectFrom("membership")
    .select(["person_id", "role"])
    .where("community_id", "=", community);
  expect(await members.execute()).toEqual([{ person_id: alice, role: "owner" }]);
});
