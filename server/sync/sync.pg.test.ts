import { HocuspocusProvider } from "@hocuspocus/provider";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { Doc } from "yjs";

import { logDocument } from "#shared/documents/names.ts";
import type { ChannelId, CommunityId, MemberId } from "#shared/ids.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { about, channel, community, join, person, say } from "#tests/support/people.ts";
import { append, channelDocument, entriesIn } from "#tests/support/scribe.ts";
import { attach, testSync, type Attached, type TestSync } from "#tests/support/sockets.ts";
import { until } from "#tests/support/until.ts";

let database: TestDatabase;
let node: TestSync;
let alice: MemberId;
let bob: MemberId;
let home: CommunityId;
let room: ChannelId;
const open: Attached[] = [];

beforeAll(async () => {
  database = await testDatabase();
  node = await testSync(database.db, database.url);
});
afterAll(async () => {
  await node.close();
  await database.close();
});
beforeEach(async () => {
  [alice, bob] = (await Promise.all(["alice", "bob"].map((name) => person(database.db, name)))) as [MemberId, MemberId];
  home = await community(database.db, { [alice]: "moderator", [bob]: "member" });
  room = await channel(database.db, home);
});
afterEach(() => {
  open.splice(0).forEach((one) => one.end());
  expect(node.failures).toEqual([]);
});

function sits(who: MemberId, name: string = channelDocument(room)): Attached {
  const attached = attach(node.url, who, name);
  open.push(attached);
  return attached;
}
const ring = (change: { readonly people: readonly MemberId[] }) =>
  sql`select pg_notify('authority', ${JSON.stringify({ communities: [], channels: [], sessions: [], ...change })})`.execute(
    database.db,
  );

test("what one says the other sees, and the sender is told that it is durable", async () => {
  const [one, other] = [sits(alice), sits(bob)];
  const entry = say("anyone around?");
  await one.until(() => one.provider.synced);
  append(one.doc, alice, entry);

  await other.until(() => entriesIn(other.doc, alice).length === 1);
  await one.until(() =>
    one.said.some((message) => message.type === "committed" && message.entries[0]?.id === entry.id),
  );
});

test("a refused writer is told why, stays connected, and others see nothing of it", async () => {
  const [one, other] = [sits(bob), sits(alice)];
  await other.until(() => other.provider.synced);
  await one.until(() => one.provider.synced);
  append(one.doc, alice, say("I am Alice"));
  await one.until(() =>
    one.said.some((message) => message.type === "refused" && message.code === "forbidden" && message.class === "final"),
  );

  append(other.doc, alice, say("that was not me"));
  await one.until(() => entriesIn(one.doc, alice).length === 2);
  expect(entriesIn(other.doc, alice)).toHaveLength(1);
  expect(one.closed).toEqual([]);
});

test("a stranger and a document that does not exist get one answer", async () => {
  const stranger = await person(database.db, "stranger");
  const [closed, missing] = [
    sits(stranger),
    sits(stranger, channelDocument("0190c2a0-0000-7000-8000-000000000000" as ChannelId)),
  ];
  await Promise.all([closed, missing].map((one) => one.until(() => one.closed.length > 0)));
  expect(closed.closed[0]).toBe(missing.closed[0]);
});

test("a removed member loses the channel at once, and what they write afterwards is not kept", async () => {
  const one = sits(bob);
  await one.until(() => one.provider.synced);
  await database.db.deleteFrom("membership").where("person_id", "=", bob).execute();
  await ring({ people: [bob] });
  await one.until(() => one.closed.includes("not-a-member"));
});

test("an ended session loses its socket", async () => {
  const one = sits(bob, logDocument("user", bob as unknown as ChannelId, 1));
  await one.until(() => one.provider.synced);
  node.ended.add(bob);
  await ring({ people: [bob] });
  await one.until(() => one.closed.includes("session-ended"));
});

test("a device is told at its home of what was said in channels that it has not attached", async () => {
  const one = sits(bob, logDocument("user", bob as unknown as ChannelId, 1));
  const other = sits(alice);
  await one.until(() => one.said.some(({ type }) => type === "ping"));
  await other.until(() => other.provider.synced);
  await ring({ people: [bob] });
  await one.until(() => one.said.some(({ type }) => type === "authority"));
  append(other.doc, alice, say("bob?", { mentions: [bob] }));
  await one.until(() =>
    one.said.some((message) => message.type === "activity" && message.channel === room && message.mentions === 1),
  );
});

test("a document that is let go and taken again in one breath is heard of as before", async () => {
  const [one, other] = [sits(bob), sits(alice)];
  await one.until(() => one.provider.synced);
  await other.until(() => other.provider.synced);
  const doc = new Doc();
  one.provider.destroy();
  const again = new HocuspocusProvider({
    websocketProvider: one.provider.configuration.websocketProvider,
    name: channelDocument(room),
    document: doc,
    token: "",
  });
  again.attach();
  await until(() => again.isSynced);
  append(other.doc, alice, say("are you still there?"));
  await until(() => entriesIn(doc, alice).length === 1);
  again.destroy();
});

test("people see who is here and who is writing", async () => {
  const one = sits(bob);
  await one.until(() => one.said.some((message) => message.type === "presence" && message.some.includes(bob)));
  const other = sits(alice);
  await one.until(() => one.said.some((message) => message.type === "presence" && message.online === 2));
  other.provider.sendStateless(JSON.stringify({ type: "typing", on: true }));
  await one.until(() => one.said.some((message) => message.type === "presence" && message.typing.includes(alice)));
});

test("a message of another site's page is not believed", async () => {
  const socket = new WebSocket(node.url, { headers: { origin: "https://evil.example", "x-person": bob } });
  const status = await new Promise((resolve) =>
    socket.on("unexpected-response", (_request, { statusCode }) => resolve(statusCode)),
  );
  expect(status).toBe(403);
});

test("rows that another process commits arrive by the bell", async () => {
  const elsewhere = await testSync(database.db, database.url);
  const here = sits(bob);
  const there = attach(elsewhere.url, alice, channelDocument(room));
  open.push(there);
  await Promise.all([here, there].map((one) => one.until(() => one.provider.synced)));
  append(there.doc, alice, say("from the other node"));
  await here.until(() => entriesIn(here.doc, alice).length === 1);
  there.end();
  await elsewhere.close();
});

test("what is retracted leaves everybody's replica", async () => {
  const [one, other] = [sits(bob), sits(alice)];
  await one.until(() => one.provider.synced);
  const entry = say("swordfish");
  append(one.doc, bob, entry);
  await other.until(() => entriesIn(other.doc, bob).length === 1);
  append(one.doc, bob, about("retract", { of: { author: bob, id: entry.id } }));
  await other.until(() => !JSON.stringify(entriesIn(other.doc, bob)).includes("swordfish"));
});

test("an open community's newcomer is let in without a restart", async () => {
  const carol = await person(database.db, "carol");
  await join(database.db, home, carol, "member");
  const one = sits(carol);
  await one.until(() => one.provider.synced);
});
