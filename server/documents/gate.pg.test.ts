import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { applyUpdate, Doc, encodeStateAsUpdate } from "yjs";

import { SYS } from "#shared/documents/names.ts";
import type { ChannelId, CommunityId, MemberId } from "#shared/ids.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { about, channel, community, person, say } from "#tests/support/people.ts";
import {
  append,
  channelDocument,
  entriesIn,
  reloaded,
  replica,
  testNode,
  written,
  type TestNode,
} from "#tests/support/scribe.ts";

import type { Live } from "./live.ts";

let database: TestDatabase;
let node: TestNode;
let alice: MemberId;
let bob: MemberId;
let mallory: MemberId;
let home: CommunityId;
let room: ChannelId;
let live: Live;

beforeAll(async () => {
  database = await testDatabase();
  [alice, bob, mallory] = (await Promise.all(["alice", "bob", "mallory"].map((name) => person(database.db, name)))) as [
    MemberId,
    MemberId,
    MemberId,
  ];
  home = await community(database.db, { [alice]: "moderator", [bob]: "member", [mallory]: "member" });
});
afterAll(() => database.close());
beforeEach(async () => {
  node = testNode(database.db);
  room = await channel(database.db, home);
  live = await node.open(channelDocument(room));
});

const journal = () =>
  database.db.selectFrom("journal").selectAll().where("document", "=", live.name).orderBy("version").execute();

test("an honest message is committed, applied, and there again after a restart", async () => {
  const entry = say("anyone around?");
  const outcome = await node.take(live, bob, append(replica(), bob, entry));

  expect(outcome).toMatchObject({ kind: "committed", version: 1, entries: [{ author: bob, id: entry.id }] });
  expect(entriesIn(live.doc, bob)).toEqual([entry]);
  expect(entriesIn(await reloaded(database.db, live.name), bob)).toEqual([entry]);
});

test("nobody writes to somebody else's log, nor to the server's", async () => {
  expect(await node.take(live, mallory, append(replica(), bob, say("I am Bob")))).toMatchObject({ code: "forbidden" });
  const sys = written(replica(), () => undefined);
  expect(sys).toBeDefined();
  const doc = replica();
  expect(
    await node.take(
      live,
      mallory,
      written(doc, () => doc.getArray("sys").push([say("official")])),
    ),
  ).toMatchObject({ code: "forbidden" });
  expect(await journal()).toEqual([]);
});

test("somebody outside the community is told the same as about a channel that does not exist", async () => {
  const stranger = await person(database.db, "stranger");
  expect(await node.take(live, stranger, append(replica(), stranger, say("hi")))).toMatchObject({
    code: "not-a-member",
  });
});

test("a duplicate after a lost acknowledgement is acknowledged and stored once", async () => {
  const entry = say("once");
  await node.take(live, bob, append(replica(), bob, entry));
  expect(await node.take(live, bob, append(replica(), bob, entry))).toMatchObject({ kind: "committed", version: 2 });
  expect(entriesIn(live.doc, bob)).toEqual([entry]);
  expect(entriesIn(await reloaded(database.db, live.name), bob)).toEqual([entry]);
});

test("an id that is known with another value is refused by name", async () => {
  const entry = say("first");
  await node.take(live, bob, append(replica(), bob, entry));
  const outcome = await node.take(live, bob, append(replica(), bob, { ...entry, body: "second" }));
  expect(outcome).toMatchObject({ code: "id-reused", entries: [{ author: bob, id: entry.id }] });
});

test("a stale step 1 that overlaps counts for what is new in it", async () => {
  const doc = replica();
  const first = append(doc, bob, say("one"));
  await node.take(live, bob, first);
  append(doc, bob, say("two"));
  expect(await node.take(live, bob, encodeStateAsUpdate(doc), true)).toMatchObject({ kind: "committed", version: 2 });
  expect(entriesIn(live.doc, bob)).toHaveLength(2);
});

test("an overlap with another value is a fork", async () => {
  const [one, other] = [new Doc(), new Doc()];
  other.clientID = one.clientID;
  await node.take(live, bob, append(one, bob, say("one")));
  expect(await node.take(live, bob, append(other, bob, say("other")))).toMatchObject({ code: "fork" });
});

test("two devices of one person write at once", async () => {
  const [phone, laptop] = [replica(), replica()];
  const results = await Promise.all([
    node.take(live, bob, append(phone, bob, say("phone"))),
    node.take(live, bob, append(laptop, bob, say("laptop"))),
  ]);
  expect(results.map(({ kind }) => kind)).toEqual(["committed", "committed"]);
  expect(entriesIn(live.doc, bob)).toHaveLength(2);
});

test("a frame whose clientIDs depend on each other both ways is taken", async () => {
  const [phone, laptop] = [replica(), replica()];
  append(phone, bob, say("1"));
  applyUpdate(laptop, encodeStateAsUpdate(phone));
  append(laptop, bob, say("2"));
  applyUpdate(phone, encodeStateAsUpdate(laptop));
  append(phone, bob, say("3"));
  expect(await node.take(live, bob, encodeStateAsUpdate(phone), true)).toMatchObject({ kind: "committed" });
  expect(entriesIn(live.doc, bob).map((entry) => (entry as { body: string }).body)).toEqual(["1", "2", "3"]);
});

test("an update that misses something is answered with a question, a step 2 with a refusal", async () => {
  const doc = replica();
  append(doc, bob, say("lost"));
  const next = append(doc, bob, say("next"));
  expect(await node.take(live, bob, next)).toEqual({ kind: "behind" });
  expect(await node.take(live, bob, next, true)).toMatchObject({ code: "missing-dependency" });
});

test("a clientID that somebody else has bound is refused", async () => {
  const doc = new Doc();
  await node.take(live, bob, append(doc, bob, say("mine")));
  const forged = new Doc();
  applyUpdate(forged, encodeStateAsUpdate(doc));
  forged.clientID = doc.clientID;
  expect(await node.take(live, mallory, append(forged, mallory, say("also mine")))).toMatchObject({
    code: "foreign-client",
  });
});

test("an origin in somebody else's log is refused", async () => {
  const victim = replica();
  await node.take(live, bob, append(victim, bob, say("mine")));
  const forged = replica(live.doc);
  const bytes = append(forged, bob, say("behind"));
  expect(await node.take(live, mallory, bytes)).toMatchObject({ code: "forbidden" });
});

test("clients do not delete", async () => {
  const doc = replica();
  await node.take(live, bob, append(doc, bob, say("stays")));
  const bytes = written(doc, () => doc.getArray(`log/${bob}`).delete(0, 1));
  expect(await node.take(live, bob, bytes)).toMatchObject({ code: "deletes-refused" });
  expect(entriesIn(live.doc, bob)).toHaveLength(1);
});

test("a retraction deletes the message and its edits, from document and journal, at once", async () => {
  const doc = replica();
  const secret = say("the password is swordfish");
  await node.take(live, bob, append(doc, bob, secret));
  await node.take(
    live,
    bob,
    append(doc, bob, about("edit", { of: { author: bob, id: secret.id }, body: "it is swordfish2" })),
  );
  await node.take(live, bob, append(doc, bob, about("retract", { of: { author: bob, id: secret.id } })));

  expect(JSON.stringify(entriesIn(live.doc, bob))).not.toContain("swordfish");
  const { erase_due } = await database.db
    .selectFrom("document")
    .selectAll()
    .where("name", "=", live.name)
    .executeTakeFirstOrThrow();
  expect(erase_due).toBe(3);
});

test("an edit of what was retracted is taken and never stored", async () => {
  const doc = replica();
  const said = say("gone");
  await node.take(live, bob, append(doc, bob, said, about("retract", { of: { author: bob, id: said.id } })));
  expect(
    await node.take(live, bob, append(doc, bob, about("edit", { of: { author: bob, id: said.id }, body: "unheard" }))),
  ).toMatchObject({ kind: "committed" });
  const bytes = Buffer.concat((await journal()).map(({ update }) => Buffer.from(update)));
  expect(bytes.toString("latin1")).not.toMatch(/unheard|gone/);
});

test("a retraction that comes before its message reserves the id as erased", async () => {
  const doc = replica();
  const said = say("never seen");
  await node.take(live, bob, append(doc, bob, about("retract", { of: { author: bob, id: said.id } })));
  expect(await node.take(live, bob, append(doc, bob, said))).toMatchObject({ kind: "committed" });
  expect(JSON.stringify(entriesIn(live.doc, bob))).not.toContain("never seen");
});

test("only the author retracts and edits; only a moderator hides", async () => {
  const said = say("mine");
  await node.take(live, bob, append(replica(), bob, said));
  const of = { author: bob, id: said.id };
  expect(await node.take(live, mallory, append(replica(), mallory, about("retract", { of })))).toMatchObject({
    code: "forbidden",
  });
  expect(await node.take(live, mallory, append(replica(), mallory, about("edit", { of, body: "x" })))).toMatchObject({
    code: "forbidden",
  });
  expect(await node.take(live, mallory, append(replica(), mallory, about("hide", { of, reason: "" })))).toMatchObject({
    code: "forbidden",
  });
  expect(await node.take(live, alice, append(replica(), alice, about("hide", { of, reason: "rude" })))).toMatchObject({
    kind: "committed",
  });
});

test("a demoted author's lost acknowledgement is still answered as known", async () => {
  const entry = say("while I could");
  const frame = append(replica(), bob, entry);
  await node.take(live, bob, frame);
  await database.db
    .updateTable("membership")
    .set({ role: "guest" })
    .where("person_id", "=", bob)
    .where("community_id", "=", home)
    .execute();
  expect(await node.take(live, bob, append(replica(), bob, entry))).toMatchObject({ kind: "committed" });
  expect(await node.take(live, bob, append(replica(), bob, say("now")))).toMatchObject({ code: "forbidden" });
  await database.db
    .updateTable("membership")
    .set({ role: "member" })
    .where("person_id", "=", bob)
    .where("community_id", "=", home)
    .execute();
});

test("entries too far ahead or behind are refused, late ones are told", async () => {
  const now = Date.now();
  expect(await node.take(live, bob, append(replica(), bob, say("soon", { at: now + 300_000 })))).toMatchObject({
    code: "too-early",
  });
  expect(await node.take(live, bob, append(replica(), bob, say("once", { at: now - 91 * 86_400_000 })))).toMatchObject({
    code: "too-late",
  });
  const late = say("from the train", { at: now - 3_600_000 });
  await node.take(live, bob, append(replica(), bob, late));
  expect(entriesIn(live.doc, SYS as never)).toMatchObject([{ kind: "late", of: [{ author: bob, id: late.id }] }]);
});

test("a closed segment takes nothing new and names the head, and still acknowledges what it knows", async () => {
  const entry = say("known");
  const frame = append(replica(), bob, entry);
  await node.take(live, bob, frame);
  await database.db.updateTable("document").set({ closed: 2 }).where("name", "=", live.name).execute();
  expect(await node.take(live, bob, frame)).toMatchObject({ kind: "committed", entries: [{ id: entry.id }] });
  expect(await node.take(live, bob, append(replica(), bob, say("new")))).toMatchObject({
    code: "segment-closed",
    head: 2,
  });
});

test("one culprit refuses its frame and is named alone", async () => {
  const good = say("good");
  const bad = { ...say("bad"), kind: "message", body: "x".repeat(8_001) };
  const outcome = await node.take(live, bob, append(replica(), bob, good, bad));
  expect(outcome).toMatchObject({ code: "invalid", entries: [{ author: bob, id: bad.id }] });
  expect(await journal()).toEqual([]);
});

test("two nodes on one document: each judges over what the other has committed", async () => {
  const other = testNode(database.db);
  const there = await other.open(live.name);
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      index % 2 === 0
        ? node.take(live, bob, append(replica(), bob, say(`bob ${index}`)))
        : other.take(there, mallory, append(replica(), mallory, say(`mallory ${index}`))),
    ),
  );
  const rows = await journal();
  expect(rows.map(({ version }) => version)).toEqual(rows.map((_, index) => index + 1));
  const doc = await reloaded(database.db, live.name);
  expect([entriesIn(doc, bob).length, entriesIn(doc, mallory).length]).toEqual([10, 10]);
  expect([...node.failures, ...other.failures]).toEqual([]);
});
