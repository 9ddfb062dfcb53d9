import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";

import { logDocument } from "#shared/documents/names.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import type { ChannelId, MemberId } from "#shared/ids.ts";
import type { Committer } from "#server/documents/committer.ts";
import { projectDocument } from "#server/projections/run.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { about, channel, community, person, say } from "#tests/support/people.ts";
import { testNode } from "#tests/support/scribe.ts";

import { unreadCounts } from "./unread.ts";

let database: TestDatabase;
let committer: Committer;

beforeAll(async () => {
  database = await testDatabase();
  committer = testNode(database.db).committer;
});
afterAll(() => database.close());

async function write(document: string, author: MemberId, ...entries: readonly Entry[]): Promise<void> {
  await committer.submit({ kind: "write", document, entries: entries.map((entry) => ({ author, entry })) });
  await projectDocument(database.db, document);
}

/** Alice and Bob in one channel, both there for a while. */
async function two() {
  const { db } = database;
  const alice = await person(db, "Alice");
  const bob = await person(db, "Bob");
  const place = await community(db, { [alice]: "member", [bob]: "member" });
  const talk = await channel(db, place);
  await sql`update membership set joined_at = now() - interval '1 hour' where community_id = ${place}`.execute(db);
  return {
    alice,
    bob,
    talk,
    document: logDocument("channel", talk, 1),
    home: logDocument("user", alice as string as ChannelId, 1),
  };
}

test("what others said beyond the marker is unread, one's own words never", async () => {
  const { alice, bob, talk, document, home } = await two();
  const now = Date.now() + 1_000; // after the channel was opened
  await write(
    document,
    bob,
    say("one", { at: now - 500 }),
    say("two", { at: now - 400 }),
    say("for you", { at: now - 300, mentions: [alice] }),
  );
  await write(document, alice, say("mine", { at: now - 200 }));

  expect(await unreadCounts(database.db, alice)).toEqual([{ channel: talk, messages: 3, mentions: 1 }]);
  expect(await unreadCounts(database.db, bob)).toEqual([{ channel: talk, messages: 1, mentions: 0 }]);

  await write(home, alice, about("marker", { channel: talk, read: now - 400 }));
  expect(await unreadCounts(database.db, alice)).toEqual([{ channel: talk, messages: 1, mentions: 1 }]);

  await write(home, alice, about("marker", { channel: talk, read: now }));
  expect(await unreadCounts(database.db, alice)).toEqual([]);
});

test("what was said before one came is not unread", async () => {
  const { db } = database;
  const { bob, talk, document } = await two();
  await write(document, bob, say("ancient history", { at: Date.now() - 1_000 }));
  const carol = await person(db, "Carol");
  const { community_id } = await db
    .selectFrom("channel")
    .select("community_id")
    .where("id", "=", talk)
    .executeTakeFirstOrThrow();
  await db
    .insertInto("membership")
    .values({ community_id: community_id as string, person_id: carol, role: "member" })
    .execute();

  expect(await unreadCounts(db, carol)).toEqual([]);
});

test("what is retracted or hidden is not unread", async () => {
  const { alice, bob, document } = await two();
  const gone = say("never mind", { mentions: [alice] });
  await write(document, bob, gone);

  await write(document, bob, about("retract", { of: { author: bob, id: gone.id }, what: "message" }));

  expect(await unreadCounts(database.db, alice)).toEqual([]);
});
