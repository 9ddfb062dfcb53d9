import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { Doc } from "yjs";

import { logDocument } from "#shared/documents/names.ts";
import { homeOf, type ChannelId, type CommunityId, type MemberId } from "#shared/ids.ts";
import { makeAccessToken } from "#server/auth/access-tokens.ts";
import { ringAuthority } from "#server/communities/authority-bell.ts";
import { valueOf } from "#tests/support/api.ts";
import { findWrongs } from "#tests/support/checker.ts";
import { findMisprojected } from "#tests/support/projections-checker.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { about, channel, community, person, say } from "#tests/support/people.ts";
import { append, channelDocument, entriesIn, reloaded } from "#tests/support/scribe.ts";
import { INCARNATION, testSync, type TestSync } from "#tests/support/sockets.ts";
import { until } from "#tests/support/until.ts";

import { endClients, hocuspocusClient, yjsClient } from "./support/clients.ts";

let database: TestDatabase;
let node: TestSync;
let url: string;
let ahead = 0;
let alice: MemberId;
let bob: MemberId;
let tokens: Readonly<Record<"alice" | "bob", string>>;
let home: CommunityId;
let room: ChannelId;

beforeAll(async () => {
  database = await testDatabase();
  node = await testSync(database.db, database.url, { now: () => Date.now() + ahead });
  url = new URL(node.url).origin;
});
afterAll(async () => {
  expect(await findWrongs(database.db)).toEqual([]);
  expect(await findMisprojected(database.db)).toEqual([]);
  await node.close();
  await database.close();
});
beforeEach(async () => {
  [alice, bob] = (await Promise.all(["alice", "bob"].map((name) => person(database.db, name)))) as [MemberId, MemberId];
  home = await community(database.db, { [alice]: "moderator", [bob]: "member" });
  room = await channel(database.db, home);
  tokens = { alice: await tokenOf(alice), bob: await tokenOf(bob) };
});
afterEach(() => {
  endClients();
  expect(node.failures).toEqual([]);
});

const tokenOf = async (who: MemberId): Promise<string> =>
  valueOf(await makeAccessToken(database.db, who, INCARNATION, { name: "Bot" })).token;
const bodies = (doc: Doc, who: MemberId): string[] =>
  entriesIn(doc, who).map((entry) => (entry as { body: string }).body);
const stored = async (who: MemberId): Promise<string[]> =>
  bodies(await reloaded(database.db, channelDocument(room)), who);

test("a y-websocket client and a client of Hocuspocus write and read one channel", async () => {
  const one = yjsClient(url, tokens.alice, channelDocument(room));
  const other = hocuspocusClient(url, tokens.bob, channelDocument(room));
  await until(() => one.isSynced() && other.isSynced());

  append(one.doc, alice, say("from y-websocket"));
  append(other.doc, bob, say("from Hocuspocus"));
  await until(() => entriesIn(one.doc, bob).length === 1 && entriesIn(other.doc, alice).length === 1);
  expect(await stored(alice)).toEqual(["from y-websocket"]);
  expect(await stored(bob)).toEqual(["from Hocuspocus"]);
});

test("a name is taken encoded and as it stands", async () => {
  const one = yjsClient(url, tokens.alice, channelDocument(room));
  one.provider.disconnect();
  one.provider.roomname = channelDocument(room);
  one.provider.connect();
  await until(one.isSynced);
});

test("what was written before the first connection arrives with the first step 2", async () => {
  const doc = new Doc();
  append(doc, alice, say("written offline"));
  const one = yjsClient(url, tokens.alice, channelDocument(room), doc);
  const other = yjsClient(url, tokens.bob, channelDocument(room));
  await until(() => entriesIn(other.doc, alice).length === 1);
  expect(one.closed).toEqual([]);
});

test("a y-websocket client that is refused is told why, cut off, and does not come back", async () => {
  const one = yjsClient(url, tokens.bob, channelDocument(room));
  const other = yjsClient(url, tokens.alice, channelDocument(room));
  await until(() => one.isSynced() && other.isSynced());

  append(one.doc, alice, say("I am Alice"));
  await until(one.isOut);
  expect(one.denied).toEqual(["forbidden"]);
  expect(one.closed).toEqual(["4403 forbidden"]);

  const again = yjsClient(url, tokens.bob, channelDocument(room));
  await until(again.isSynced);
  append(other.doc, alice, say("that was not me"));
  append(again.doc, bob, say("sorry"));
  await until(() => entriesIn(other.doc, bob).length === 1 && entriesIn(again.doc, alice).length === 1);
  expect(await stored(alice)).toEqual(["that was not me"]);
});

test("what comes after a refused frame, on the way when the client is cut off, is not taken", async () => {
  const one = yjsClient(url, tokens.bob, channelDocument(room));
  await until(one.isSynced);
  append(one.doc, bob, say("before"));
  append(one.doc, bob, about("hide", { of: { author: alice, id: say("x").id }, reason: "no" }));
  append(one.doc, bob, say("after"));
  await until(one.isOut);
  expect(await stored(bob)).toEqual(["before"]);
});

test("a y-websocket client that is too fast comes back by itself and brings everything", async () => {
  const one = yjsClient(url, tokens.bob, channelDocument(room));
  await until(one.isSynced);
  for (let frame = 0; frame < 5; frame += 1) {
    append(one.doc, bob, ...Array.from({ length: 450 }, (_, index) => say(`${frame} ${index}`)));
  }
  await until(() => one.closed.includes("4503 rate"));
  expect(one.isOut()).toBe(false);

  ahead = 30_000;
  const other = yjsClient(url, tokens.alice, channelDocument(room));
  await until(() => entriesIn(other.doc, bob).length === 2_250);
  ahead = 0;
  expect(new Set(await stored(bob)).size).toBe(2_250);
});

test("frames that are too large are refused", async () => {
  const large = (count: number) => Array.from({ length: count }, () => say("x".repeat(7_900)));
  const updating = yjsClient(url, tokens.bob, channelDocument(room));
  await until(updating.isSynced);
  append(updating.doc, bob, ...large(9));
  await until(updating.isOut);
  expect(updating.denied).toEqual(["too-large"]);

  const doc = new Doc();
  append(doc, bob, ...large(34));
  const stepping = yjsClient(url, tokens.bob, channelDocument(room), doc);
  await until(stepping.isOut);
  expect(stepping.denied).toEqual(["too-large"]);

  const smaller = new Doc();
  append(smaller, bob, ...large(30));
  yjsClient(url, tokens.bob, channelDocument(room), smaller);
  const other = yjsClient(url, tokens.alice, channelDocument(room));
  await until(() => entriesIn(other.doc, bob).length === 30);
});

test("a refused client of Hocuspocus is answered, keeps its socket, and goes on with a new document", async () => {
  const one = hocuspocusClient(url, tokens.bob, channelDocument(room));
  await until(one.isSynced);
  append(one.doc, alice, say("I am Alice"));
  await until(() => one.said.some((message) => message.type === "refused" && message.code === "forbidden"));
  expect(one.closed).toEqual([]);

  const again = hocuspocusClient(url, tokens.bob, channelDocument(room));
  await until(again.isSynced);
  append(again.doc, bob, say("sorry"));
  await until(() => again.said.some(({ type }) => type === "committed"));
  expect(await stored(alice)).toEqual([]);
});

test("awareness goes nowhere, and answers are for those who know them", async () => {
  const one = yjsClient(url, tokens.alice, channelDocument(room));
  const other = yjsClient(url, tokens.bob, channelDocument(room));
  const third = hocuspocusClient(url, tokens.bob, channelDocument(room));
  await until(() => one.isSynced() && other.isSynced() && third.isSynced());
  one.provider.awareness.setLocalState({ name: "Alice", cursor: 4 });
  third.provider.awareness?.setLocalState({ name: "Bob" });

  append(one.doc, alice, say("can you see me?"));
  append(third.doc, bob, say("no"));
  await until(() => entriesIn(other.doc, alice).length + entriesIn(other.doc, bob).length === 2);
  await until(() => third.said.some(({ type }) => type === "committed"));
  expect([one.awarenessHeard(), other.awarenessHeard()]).toEqual([0, 0]);
  expect(third.provider.awareness?.getStates().size).toBe(1);
});

test("a token opens its person's documents and nobody else's, and there is one answer for what is not there", async () => {
  const documents = [
    logDocument("user", homeOf(alice), 1),
    channelDocument(await channel(database.db, home, { private: true, inside: [alice] })),
    channelDocument("0190c2a0-0000-7000-8000-000000000000" as ChannelId),
    "channel:../../etc/passwd",
    `${channelDocument(room)}\0session`,
    "channel",
  ];
  const bridged = documents.map((document) => yjsClient(url, tokens.bob, document));
  await until(() => bridged.every((client) => client.isOut()));
  expect(new Set(bridged.flatMap(({ denied, closed }) => [...denied, ...closed]))).toEqual(
    new Set(["not-a-member", "4403 not-a-member"]),
  );

  const direct = documents.slice(0, 3).map((document) => hocuspocusClient(url, tokens.bob, document));
  await until(() => direct.every(({ denied }) => denied.length > 0));
  expect(new Set(direct.flatMap(({ denied }) => denied))).toEqual(new Set(["not-a-member"]));

  const own = yjsClient(url, tokens.alice, logDocument("user", homeOf(alice), 1));
  await until(own.isSynced);
});

test("whoever is removed loses the document at once, and the y-websocket client does not come back", async () => {
  const one = yjsClient(url, tokens.bob, channelDocument(room));
  const other = hocuspocusClient(url, tokens.bob, channelDocument(room));
  await until(() => one.isSynced() && other.isSynced());
  await database.db.deleteFrom("membership").where("person_id", "=", bob).execute();
  await ringAuthority(database.db, { people: [bob], communities: [], channels: [], sessions: [] });
  await until(() => one.isOut() && other.detached.includes("not-a-member"));
  expect(one.closed).toEqual(["4403 not-a-member"]);
});
