import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { keyOfRef } from "#shared/entries/kind.ts";
import type { ChannelId, CommunityId } from "#shared/ids.ts";
import { kindOf, valueOf } from "#tests/support/api.ts";
import { until } from "#tests/support/until.ts";
import { world, type Person, type World } from "#tests/support/world.ts";

import type { Local, Timeline } from "./local.ts";

let here: World;
let alice: Person;
let bob: Person;
let community: CommunityId;
let room: ChannelId;
const open: Local[] = [];

beforeAll(async () => {
  here = await world();
  [alice, bob] = [await here.person("Alice"), await here.person("Bob")];
  community = valueOf(await alice.api.createCommunity({ name: "Northern Networks", access: "open" })).id;
  room = valueOf(await alice.api.createChannel({ id: community, name: "field", kind: "chat" })).id;
  valueOf(await bob.api.joinCommunity({ id: community }));
});
afterEach(() => {
  open.splice(0).forEach((local) => local.close());
  [alice, bob].forEach((person) => person.goOnline());
  expect(here.failures).toEqual([]);
});
afterAll(() => here.close());

const bodies = (timeline: Timeline): readonly string[] => timeline.rows().map(({ body }) => body);
const isOnline = (local: Local): boolean => local.connection().state === "online";

async function opens(person: Person): Promise<Local> {
  const local = await person.open();
  open.push(local);
  return local;
}

async function sits(person: Person, channel = room): Promise<{ readonly local: Local; readonly timeline: Timeline }> {
  const local = await opens(person);
  await until(() => isOnline(local), "the connection");
  await until(() => local.channel(channel) !== undefined, "the channel");
  const timeline = local.openTimeline(() => channel);
  await until(() => timeline.state() === "ready", "the timeline");
  return { local, timeline };
}

test("two people talk, and each sees that it arrived", async () => {
  const [one, other] = [await sits(alice), await sits(bob)];
  const id = await one.local.send(room, { body: "hello?", mentions: [] });
  expect(one.timeline.find({ author: alice.id, id })?.body).toBe("hello?");
  await until(() => bodies(other.timeline).includes("hello?"), "the message");
  const row = one.timeline.find({ author: alice.id, id });
  await until(() => row !== undefined && one.timeline.delivery(row) === "server", "the delivery");
  await until(() => other.local.profile(alice.id).name === "Alice", "the name");
});

test("what both write, edit and react to without a network is the same for both afterwards", async () => {
  const [one, other] = [await sits(alice), await sits(bob)];
  const id = await one.local.send(room, { body: "before", mentions: [] });
  await until(() => bodies(other.timeline).includes("before"));
  [alice, bob].forEach((person) => person.goOffline());
  await until(() => !isOnline(one.local) && !isOnline(other.local), "the loss");

  await one.local.edit(room, { author: alice.id, id }, "after", []);
  await one.local.send(room, { body: "alone", mentions: [] });
  await other.local.react(room, { author: alice.id, id }, "👍", true);
  await other.local.send(room, { body: "also alone", mentions: [] });
  expect(bodies(one.timeline)).toContain("after");
  expect(one.local.device().waiting).toBe(2);

  [alice, bob].forEach((person) => person.goOnline());
  [one, other].forEach(({ local }) => local.reconnect());
  await until(() => bodies(one.timeline).includes("also alone") && bodies(other.timeline).includes("alone"));
  await until(() => one.local.device().waiting + other.local.device().waiting === 0);
  expect(one.timeline.rows()).toEqual(other.timeline.rows());
  expect(one.timeline.find({ author: alice.id, id })).toMatchObject({
    body: "after",
    reactions: [{ key: "👍", by: [bob.id] }],
  });
});

test("a start without a network shows what was there, and what is written then leaves later", async () => {
  const first = await sits(alice);
  await first.local.send(room, { body: "kept", mentions: [] });
  await until(() => first.local.device().waiting === 0);
  first.local.close();

  alice.goOffline();
  const local = await opens(alice);
  await until(() => local.communities().length === 1, "the community");
  const timeline = local.openTimeline(() => room);
  await until(() => bodies(timeline).includes("kept"), "what was stored");
  await local.send(room, { body: "from the tunnel", mentions: [] });
  local.close();

  alice.goOnline();
  const again = await sits(alice);
  await until(() => bodies(again.timeline).includes("from the tunnel"));
  await until(() => again.local.device().waiting === 0, "the entry to leave");
});

test("what is retracted is gone for both, and what was never sent leaves no line", async () => {
  const [one, other] = [await sits(alice), await sits(bob)];
  const id = await one.local.send(room, { body: "swordfish", mentions: [] });
  await until(() => bodies(other.timeline).includes("swordfish"));
  await one.local.retract(room, { author: alice.id, id });
  await until(() => other.timeline.find({ author: alice.id, id })?.kind === "removed");

  alice.goOffline();
  await until(() => !isOnline(one.local));
  const unsent = await one.local.send(room, { body: "never mind", mentions: [] });
  await one.local.retract(room, { author: alice.id, id: unsent });
  await until(() => one.timeline.find({ author: alice.id, id: unsent }) === undefined);
  expect(one.local.device().waiting).toBe(0);
});

test("a server restart in mid-sentence loses nothing", async () => {
  const one = await sits(alice);
  const said = Promise.all(
    ["a", "b", "c"].map((body) => one.local.send(room, { body: `restart ${body}`, mentions: [] })),
  );
  await here.stop();
  const ids = await said;
  await here.start();
  one.local.reconnect();
  await until(() => isOnline(one.local), "the connection");
  await until(() => one.local.device().waiting === 0, "the entries to leave");
  const other = await sits(bob);
  await until(() => ids.every((id) => other.timeline.find({ author: alice.id, id }) !== undefined));
});

test("somebody who was removed while away finds their words in the drawer, and nothing leaks", async () => {
  const mallory = await here.person("Mallory");
  valueOf(await mallory.api.joinCommunity({ id: community }));
  const one = await sits(mallory);
  mallory.goOffline();
  await until(() => !isOnline(one.local));
  const id = await one.local.send(room, { body: "still here?", mentions: [] });

  valueOf(await alice.api.removeMember({ id: community, person: mallory.id }));
  const other = await sits(alice);
  await other.local.send(room, { body: "without Mallory", mentions: [] });
  mallory.goOnline();
  one.local.reconnect();
  await until(() => one.local.notSent().length === 1, "the drawer");
  expect(one.local.notSent()).toMatchObject([{ id, code: "not-a-member", body: "still here?" }]);
  await until(() => one.local.communities().length === 0, "the community to go");
  await until(() => one.timeline.rows().length === 0, "the replica to go");
  expect(bodies(other.timeline)).not.toContain("still here?");
});

test("somebody who is let in again finds the channel on the page that has stayed open, and goes on there", async () => {
  const dave = await here.person("Dave");
  valueOf(await dave.api.joinCommunity({ id: community }));
  const one = await sits(dave);
  await one.local.send(room, { body: "before the door", mentions: [] });
  await until(() => one.local.device().waiting === 0);
  valueOf(await alice.api.removeMember({ id: community, person: dave.id }));
  await until(() => one.timeline.rows().length === 0, "the replica to go");

  valueOf(await dave.api.joinCommunity({ id: community }));
  await until(() => bodies(one.timeline).includes("before the door"), "the channel to return");
  await one.local.send(room, { body: "back again", mentions: [] });
  await until(() => one.local.device().waiting === 0, "the entry to leave");
});

test("the page of a channel that one is let into afterwards fills by itself", async () => {
  const one = await sits(alice);
  await one.local.send(room, { body: "waiting for Erin", mentions: [] });
  const erin = await here.person("Erin");
  const other = await opens(erin);
  await until(() => isOnline(other), "the connection");
  const timeline = other.openTimeline(() => room);
  // The server has been asked, and has told a stranger nothing.
  expect(kindOf(await erin.api.segments({ id: room }))).toBe("not-found");
  await other.send(room, { body: "may I?", mentions: [] });
  await until(() => other.notSent().length === 1, "the drawer");
  await other.send(room, { body: "and now?", mentions: [] });
  await until(() => other.notSent().length === 2, "the drawer again");

  valueOf(await erin.api.joinCommunity({ id: community }));
  await until(() => bodies(timeline).includes("waiting for Erin"), "the channel");
});

test("an ended session costs nothing that is here, and signing in again goes on", async () => {
  const carol = await here.person("Carol");
  valueOf(await carol.api.joinCommunity({ id: community }));
  const one = await sits(carol);
  await one.local.send(room, { body: "I am Carol", mentions: [] });
  await until(() => one.local.device().waiting === 0);
  valueOf(await carol.api.signOut());
  one.local.reconnect();
  await until(() => one.local.connection().state === "signed-out", "being signed out");
  await one.local.send(room, { body: "signed out, still writing", mentions: [] });
  expect(bodies(one.timeline)).toContain("I am Carol");

  valueOf(await carol.api.signIn({ login: "carol", password: "correct horse battery" }));
  one.local.reconnect();
  await until(() => isOnline(one.local) && one.local.device().waiting === 0, "the entry to leave");
});

test("two tabs share one socket, and when the owner closes the other goes on", async () => {
  const [first, second] = [await sits(alice), await sits(alice)];
  expect([first.local.device().tab, second.local.device().tab]).toEqual(["owner", "follower"]);
  await second.local.send(room, { body: "from the second tab", mentions: [] });
  await until(() => second.local.device().waiting === 0, "the owner to send it");
  expect(bodies(first.timeline)).toContain("from the second tab");

  first.local.close();
  await until(() => second.local.device().tab === "owner", "the new owner");
  await second.local.send(room, { body: "the owner is gone", mentions: [] });
  await until(() => isOnline(second.local) && second.local.device().waiting === 0, "the entry to leave");
  expect(bodies(second.timeline)).toContain("the owner is gone");
});

test("what a server that lost its tail has forgotten, its people bring back under the old names", async () => {
  const one = await sits(alice);
  const id = await one.local.send(room, { body: "survives the restore", mentions: [] });
  await until(() => one.local.device().waiting === 0);
  await here.stop();
  // The restored server has never heard of the last entry.
  const document = `channel:${room}/1`;
  const { version } = await here.db
    .selectFrom("entry_key")
    .select("version")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  await here.db.deleteFrom("entry_key").where("document", "=", document).where("version", ">=", version).execute();
  await here.db.deleteFrom("journal").where("document", "=", document).where("version", ">=", version).execute();
  await here.db
    .updateTable("document")
    .set({ version: version - 1 })
    .where("name", "=", document)
    .execute();
  here.become("restored");
  await here.start();

  one.local.reconnect();
  await until(() => isOnline(one.local) && one.local.device().waiting === 0, "the entry to return");
  const other = await sits(bob);
  await until(() => other.timeline.find({ author: alice.id, id }) !== undefined, "the entry at the server");
  expect(one.timeline.rows().filter((row) => row.key === keyOfRef({ author: alice.id, id }))).toHaveLength(1);
  const names = async () => (await indexedDB.databases()).map(({ name }) => name ?? "");
  const isOfAlice = (name: string) => name.includes(alice.id) && name.endsWith(document);
  expect((await names()).filter(isOfAlice)).toMatchObject([expect.stringContaining("/restored.")]);
});

test("direct conversations, what was read, and drafts go along to the next start", async () => {
  const { id: direct } = valueOf(await alice.api.startConversation({ kind: "direct", people: [bob.id] }));
  const [one, other] = [await sits(alice, direct), await sits(bob, direct)];
  await one.local.send(direct, { body: "psst", mentions: [] });
  await until(() => bodies(other.timeline).includes("psst"));
  await until(() => other.local.unread(direct).messages === 1, "the count");
  other.local.markRead(direct, other.timeline.rows().at(-1)?.position ?? 0);
  await until(() => other.local.unread(direct).messages === 0, "nothing unread");
  other.local.saveDraft(direct, { body: "I was about to" });
  await until(() => other.local.draft(direct)?.body === "I was about to");
  other.local.close();

  const again = await sits(bob, direct);
  expect(again.local.draft(direct)).toEqual({ body: "I was about to" });
  expect(again.local.unread(direct)).toMatchObject({ messages: 0 });
});

test("buttons follow the mirrored roles", async () => {
  const [one, other] = [await opens(alice), await opens(bob)];
  await until(() => one.channel(room) !== undefined && other.channel(room) !== undefined);
  expect(one.may("channel.create", community)).toBe(true);
  expect(other.may("channel.create", community)).toBe(false);
  expect(other.may("message.send", room)).toBe(true);
  expect(other.may("message.hide", room, { owner: alice.id })).toBe(false);
});
