import { ulid } from "ulid";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { Doc, type Item } from "yjs";

import { logDocument, SYS } from "#shared/documents/names.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import type { ChannelId, EntryId, MemberId } from "#shared/ids.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { about, channel, community, person, say } from "#tests/support/people.ts";
import {
  append,
  channelDocument,
  entriesIn,
  reloaded,
  replica,
  testNode,
  type TestNode,
} from "#tests/support/scribe.ts";

import { compact } from "./compact.ts";
import { erase } from "./erase.ts";
import type { Live } from "./live.ts";

let database: TestDatabase;
let node: TestNode;
let bob: MemberId;
let room: ChannelId;
let live: Live;

beforeAll(async () => {
  database = await testDatabase();
  bob = await person(database.db, "bob");
});
afterAll(() => database.close());
beforeEach(async () => {
  node = testNode(database.db);
  room = await channel(database.db, await community(database.db, { [bob]: "member" }));
  live = await node.open(channelDocument(room));
});

const take = (...entries: readonly unknown[]) => node.take(live, bob, append(replica(), bob, ...entries));
const stored = async (): Promise<string> => {
  const journal = await database.db.selectFrom("journal").select("update").where("document", "=", live.name).execute();
  const snapshot = await database.db.selectFrom("snapshot").select("state").where("document", "=", live.name).execute();
  return Buffer.concat([
    ...journal.map(({ update }) => Buffer.from(update)),
    ...snapshot.map(({ state }) => Buffer.from(state)),
  ]).toString("latin1");
};

test("a compacted document is the same document, and goes on from there", async () => {
  await take(say("one"));
  expect(await compact(database.db, live.name)).toBe(1);
  await take(say("two"));
  expect(entriesIn(await reloaded(database.db, live.name), bob)).toEqual(entriesIn(live.doc, bob));
});

test("a node that slept through a compaction catches up from the snapshot", async () => {
  const sleeper = testNode(database.db);
  const asleep = await sleeper.open(live.name);
  await take(say("one"));
  await take(say("two"));
  await compact(database.db, live.name);
  expect(await sleeper.take(asleep, bob, append(replica(), bob, say("three")))).toMatchObject({
    kind: "committed",
    version: 3,
  });
  expect(entriesIn(asleep.doc, bob)).toHaveLength(3);
});

test("after an erasure the text is in neither journal nor snapshot", async () => {
  const secret = say("swordfish");
  await take(secret);
  await compact(database.db, live.name);
  await take(about("retract", { of: { author: bob, id: secret.id } }));
  expect(await stored()).toContain("swordfish");

  expect(await erase(database.db, node.committer.submit, live.name)).toBe(true);
  expect(await stored()).not.toContain("swordfish");
  const { erase_due } = await database.db
    .selectFrom("document")
    .select("erase_due")
    .where("name", "=", live.name)
    .executeTakeFirstOrThrow();
  expect(erase_due).toBeNull();
});

test("what is retracted from a later segment is deleted where it lies", async () => {
  const secret = say("swordfish");
  await take(secret);
  const head = channelDocument(room, 2);
  await database.db
    .insertInto("document")
    .values({ name: head, channel_id: room, kind: "channel", segment: 2, opened_at: Date.now() })
    .execute();
  await database.db.updateTable("document").set({ closed: 2 }).where("name", "=", live.name).execute();

  await node.take(
    await node.open(head),
    bob,
    append(replica(), bob, about("retract", { of: { author: bob, id: secret.id } })),
  );
  await erase(database.db, node.committer.submit, live.name);
  expect(await stored()).not.toContain("swordfish");
  expect(entriesIn(live.doc, bob)).toEqual([]);
});

test("a deleted item stays an item: a log never holds GC or Skip", async () => {
  const secret = say("swordfish");
  await take(secret, say("stays"));
  await take(about("retract", { of: { author: bob, id: secret.id } }));
  await compact(database.db, live.name);
  const structs = [...(await reloaded(database.db, live.name)).store.clients.values()].flat();
  expect(structs.map((struct) => struct.constructor.name)).toEqual(structs.map(() => "Item"));
  expect(structs.some((struct) => (struct as Item).content.constructor.name === "ContentDeleted")).toBe(true);
});

test("an erased entry that comes again is acknowledged and stored nowhere", async () => {
  const secret = say("swordfish");
  await take(secret);
  await take(about("retract", { of: { author: bob, id: secret.id } }));
  await erase(database.db, node.committer.submit, live.name);
  expect(await take(secret)).toMatchObject({ kind: "committed", entries: [{ id: secret.id }] });
  expect(await stored()).not.toContain("swordfish");
});

test("of two states with one key the older goes, whichever came first", async () => {
  const home = await node.open(logDocument("user", bob as never, 1));
  const now = Date.now();
  const marker = (at: number, read: number) => about("marker", { at, channel: room, read });
  await node.take(home, bob, append(replica(), bob, marker(now + 2, 20)));
  await node.take(home, bob, append(replica(), bob, marker(now + 1, 10)));
  expect(entriesIn(home.doc, bob)).toMatchObject([{ read: 20 }]);
  await node.take(home, bob, append(replica(), bob, marker(now + 3, 30)));
  expect(entriesIn(home.doc, bob)).toMatchObject([{ read: 30 }]);
});

test("what the server writes takes the same way, and twice is once", async () => {
  const at = Date.now();
  const entry = { id: ulid(at) as EntryId, at, kind: "joined", member: bob } satisfies Entry;
  const write = () => node.committer.submit({ kind: "write", document: live.name, entries: [{ author: SYS, entry }] });
  expect(await write()).toMatchObject({ kind: "committed", version: 1 });
  expect(await write()).toMatchObject({ kind: "committed", version: 1 });
  expect(entriesIn(live.doc, SYS)).toEqual([entry]);

  const bot = say("from a bot");
  await node.committer.submit({ kind: "write", document: live.name, entries: [{ author: bob, entry: bot }] });
  await take(say("from Bob himself"));
  expect(entriesIn(await reloaded(database.db, live.name), bob)).toHaveLength(2);
});

test("a document that cannot be committed harms nobody else", async () => {
  const other = await node.open(
    channelDocument(await channel(database.db, await community(database.db, { [bob]: "member" }))),
  );
  // A row that is in the way of the next version.
  await database.db
    .insertInto("journal")
    .values({ document: live.name, version: 1, update: Buffer.of(0, 0), author: null, received: 1 })
    .execute();
  const [poisoned, healthy] = await Promise.all([
    take(say("stuck")),
    node.take(other, bob, append(replica(), bob, say("fine"))),
  ]);
  expect(poisoned).toMatchObject({ kind: "refused", code: "overload" });
  expect(healthy).toMatchObject({ kind: "committed" });
  expect(entriesIn(live.doc, bob)).toEqual([]);
});

test("a name that is none opens nothing", async () => {
  for (const name of [
    "channel:x/1",
    "channel:../../etc/1",
    `channel:${room}/0`,
    `channel:${room}/1'; drop table journal`,
    "",
    "sys",
  ]) {
    await expect(node.open(name)).rejects.toThrow();
  }
  expect(entriesIn(new Doc(), bob)).toEqual([]);
});
