import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { encodeStateVector } from "yjs";

import type { ChannelId, CommunityId, MemberId } from "#shared/ids.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { channel, community, person, say } from "#tests/support/people.ts";
import { append, channelDocument, entriesIn, reloaded } from "#tests/support/scribe.ts";
import { attach, testSync, type Attached, type TestSync } from "#tests/support/sockets.ts";

let database: TestDatabase;
let nodes: [TestSync, TestSync];
let alice: MemberId;
let bob: MemberId;
let home: CommunityId;
let room: ChannelId;

beforeAll(async () => {
  database = await testDatabase();
  nodes = [await testSync(database.db, database.url), await testSync(database.db, database.url)];
  [alice, bob] = (await Promise.all(["alice", "bob"].map((name) => person(database.db, name)))) as [MemberId, MemberId];
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.close()));
  await database.close();
});
beforeEach(async () => {
  home = await community(database.db, { [alice]: "moderator", [bob]: "member" });
  room = await channel(database.db, home);
});

const sit = async (node: TestSync, who: MemberId): Promise<Attached> => {
  const seat = attach(node.url, who, channelDocument(room));
  await seat.until(() => seat.provider.synced);
  return seat;
};
const bodies = (seat: Attached, who: MemberId): string[] =>
  entriesIn(seat.doc, who).map((entry) => (entry as { body: string }).body);
const ring = (payload: string) => sql`select pg_notify('journal', ${payload})`.execute(database.db);
/** Every node loses its ears, and what was rung meanwhile. */
const deafen = () =>
  sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ilike 'listen %'`.execute(
    database.db,
  );

test("conflicting streams on two nodes end as one document everywhere", async () => {
  const [one, other] = await Promise.all([sit(nodes[0], alice), sit(nodes[1], bob)]);
  for (let index = 0; index < 60; index += 1) {
    append(one.doc, alice, say(`alice ${index}`));
    append(other.doc, bob, say(`bob ${index}`));
  }
  await Promise.all(
    [one, other].map((seat) => seat.until(() => bodies(seat, alice).length === 60 && bodies(seat, bob).length === 60)),
  );
  const stored = await reloaded(database.db, channelDocument(room));
  expect(encodeStateVector(one.doc)).toEqual(encodeStateVector(stored));
  expect(encodeStateVector(other.doc)).toEqual(encodeStateVector(stored));
  const rows = await database.db
    .selectFrom("journal")
    .select("version")
    .where("document", "=", channelDocument(room))
    .orderBy("version")
    .execute();
  expect(rows.map(({ version }) => version)).toEqual(rows.map((_row, index) => index + 1));
  [one, other].forEach((seat) => seat.end());
});

test("a bell that is doubled, out of order, from the future or nonsense changes nothing", async () => {
  const [one, other] = await Promise.all([sit(nodes[0], alice), sit(nodes[1], bob)]);
  append(one.doc, alice, say("heard"));
  const name = channelDocument(room);
  for (const payload of [
    `${name} 1`,
    `${name} 1`,
    `${name} 0`,
    `${name} 999999`,
    `${name} -1`,
    name,
    "",
    "nonsense 1 2 3",
  ])
    await ring(payload);
  await other.until(() => bodies(other, alice).length === 1);
  append(other.doc, bob, say("still here"));
  await one.until(() => bodies(one, bob).length === 1);
  [one, other].forEach((seat) => seat.end());
});

test("a bell that nobody hears delays a message, and loses none", async () => {
  const [one, other] = await Promise.all([sit(nodes[0], alice), sit(nodes[1], bob)]);
  await deafen();
  append(one.doc, alice, say("while the ears were gone"));
  await other.until(() => bodies(other, alice).length === 1);
  [one, other].forEach((seat) => seat.end());
});

test("a client that moves from node to node in the middle of its sentences says each once", async () => {
  const watcher = await sit(nodes[0], alice);
  for (let index = 0; index < 8; index += 1) {
    const node = nodes[index % 2] as TestSync;
    const seat = attach(node.url, bob, channelDocument(room));
    // Before the first answer of the server, and before the last acknowledgement.
    append(seat.doc, bob, say(`early ${index}`));
    await seat.until(() => seat.provider.synced);
    append(seat.doc, bob, say(`late ${index}`));
    await seat.until(() => seat.said.some(({ type }) => type === "committed"));
    seat.end();
  }
  await watcher.until(() => bodies(watcher, bob).length >= 16);
  expect(new Set(bodies(watcher, bob)).size).toBe(bodies(watcher, bob).length);
  watcher.end();
});

test("a role that is taken away on one node while it is used on the other: nothing is committed after it", async () => {
  const seat = await sit(nodes[1], bob);
  append(seat.doc, bob, say("as a member"));
  await seat.until(() => seat.said.some(({ type }) => type === "committed"));
  await database.db
    .updateTable("membership")
    .set({ role: "guest" })
    .where("person_id", "=", bob)
    .where("community_id", "=", home)
    .execute();
  append(seat.doc, bob, say("as a guest"));
  await seat.until(() => seat.said.some((message) => message.type === "refused" && message.code === "forbidden"));
  expect(entriesIn(await reloaded(database.db, channelDocument(room)), bob)).toHaveLength(1);
  seat.end();
});
