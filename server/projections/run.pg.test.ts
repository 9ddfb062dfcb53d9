import { sql } from "kysely";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";

import { logDocument } from "#shared/documents/names.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import type { ChannelId, MemberId } from "#shared/ids.ts";
import { compact } from "#server/documents/compact.ts";
import { channelOfTwo, idAt, START } from "#tests/support/channel-of-two.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { testNode } from "#tests/support/scribe.ts";

import { documentsBehind } from "./behind.ts";
import { rebuild } from "./rebuild.ts";
import { projectDocument } from "./run.ts";

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.close());

const alice = uuid() as MemberId;
const bob = uuid() as MemberId;

const say = (n: number, body: string): Entry => ({ kind: "message", id: idAt(n), at: START + n, body });
const retract = (n: number, of: number): Entry => ({
  kind: "retract",
  id: idAt(n),
  at: START + n,
  of: { author: alice, id: idAt(of) },
  what: "message",
});

/** Every text that the projections hold of a channel. */
async function texts(channel: string): Promise<string> {
  const { rows } = await sql`
    select (select json_agg(e) from entry e where channel = ${channel}) as entries, (select json_agg(m) from message m where channel = ${channel}) as messages`.execute(
    database.db,
  );
  return JSON.stringify(rows);
}

test("what was retracted has left the tables and the index", async () => {
  const channel = await channelOfTwo(database.db);
  await channel.write(1, alice, say(1, "my password is swordfish"));
  await channel.project(1);
  expect(await texts(channel.channel)).toContain("swordfish");

  await channel.write(2, alice, retract(2, 1));
  await channel.project(2);

  expect(await texts(channel.channel)).not.toContain("swordfish");
  expect(await channel.rows()).toMatchObject([{ kind: "removed", body: "" }]);
});

test("what was retracted and compacted in front of a stopped worker does not stay", async () => {
  const channel = await channelOfTwo(database.db);
  await channel.write(1, alice, say(1, "my password is swordfish"));
  await channel.write(1, bob, say(2, "oh dear"));
  await channel.project(1);
  await channel.write(1, alice, retract(3, 1));
  await channel.eraseAll();
  await channel.write(1, bob, say(4, "gone?"));

  await channel.project(1);

  expect(await texts(channel.channel)).not.toContain("swordfish");
  expect(await channel.rows()).toEqual(await channel.expected());
});

test("what was purged and compacted in front of a stopped worker does not stay, though nobody retracted it", async () => {
  const channel = await channelOfTwo(database.db);
  await channel.write(1, alice, say(1, "my password is swordfish"));
  await channel.project(1);
  const key = database.db.updateTable("entry_key").set({ state: "erased", digest: null });
  await key.where("channel", "=", channel.channel).where("id", "=", idAt(1)).execute();
  await channel.eraseAll();

  await channel.project(1);

  expect(await texts(channel.channel)).not.toContain("swordfish");
  expect(await channel.rows()).toEqual([]);
});

test("a worker that starts when half of the journal is compacted misses nothing", async () => {
  const channel = await channelOfTwo(database.db);
  await channel.write(1, alice, say(1, "one"));
  await compact(database.db, channel.name(1));
  await channel.write(1, bob, say(2, "two"));
  expect(await documentsBehind(database.db, 1_000)).toContain(channel.name(1));

  await channel.project(1);

  expect(await channel.rows()).toMatchObject([{ body: "one" }, { body: "two" }]);
  expect(await documentsBehind(database.db, 1_000)).not.toContain(channel.name(1));
});

test("rebuilding everything leads to the same rows", async () => {
  const channel = await channelOfTwo(database.db);
  await channel.write(1, alice, say(1, "one"));
  await channel.write(2, alice, {
    kind: "edit",
    id: idAt(2),
    at: START + 2,
    of: { author: alice, id: idAt(1) },
    body: "uno",
  });
  await channel.project(1);
  await channel.project(2);
  const before = await channel.rows();
  const progress: number[] = [];

  await rebuild(database.db, (done) => void progress.push(done));

  expect(await channel.rows()).toEqual(before);
  expect(progress.at(-1)).toBeGreaterThan(1);
});

test("the last word about how far somebody has read stands, in whatever order it arrives", async () => {
  const { db } = database;
  const home = logDocument("user", alice as string as ChannelId, 1);
  const read = uuid() as ChannelId;
  await db
    .insertInto("document")
    .values({ name: home, channel_id: alice, kind: "user", segment: 1, opened_at: START })
    .execute();
  const { committer } = testNode(db);
  const mark = (n: number): Entry => ({ kind: "marker", id: idAt(n), at: START + n, channel: read, read: n });

  for (const n of [5, 9, 7]) {
    await committer.submit({ kind: "write", document: home, entries: [{ author: alice, entry: mark(n) }] });
    await projectDocument(db, home);
  }

  expect(await db.selectFrom("marker").select("read").where("person", "=", alice).execute()).toEqual([{ read: 9 }]);
});
