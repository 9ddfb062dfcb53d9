import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { logDocument } from "#shared/documents/names.ts";
import type { ChannelId, CommunityId } from "#shared/ids.ts";
import { valueOf } from "#tests/support/api.ts";
import { until } from "#tests/support/until.ts";
import { world, type Person, type World } from "#tests/support/world.ts";

import type { Local } from "./local.ts";

let here: World;
let alice: Person;
let bob: Person;
let community: CommunityId;
const open: Local[] = [];

beforeAll(async () => {
  here = await world();
  [alice, bob] = [await here.person("Alice"), await here.person("Bob")];
  community = valueOf(await alice.api.createCommunity({ name: "Northern Networks", access: "open" })).id;
  valueOf(await bob.api.joinCommunity({ id: community }));
});
afterEach(() => {
  open.splice(0).forEach((local) => local.close());
  expect(here.failures).toEqual([]);
});
afterAll(() => here.close());

const newRoom = async (name: string): Promise<ChannelId> =>
  valueOf(await alice.api.createChannel({ id: community, name })).id;

async function comes(person: Person, room: ChannelId): Promise<Local> {
  const local = await person.open();
  open.push(local);
  await until(() => local.connection().state === "online", "the connection");
  await until(() => local.channel(room) !== undefined, "the channel");
  return local;
}

test("what is said where one has not been yet is counted, and mentions apart", async () => {
  const room = await newRoom("elsewhere");
  const [one, other] = [await comes(alice, room), await comes(bob, room)];
  await one.send(room, { body: "anyone?", mentions: [] });
  await one.send(room, { body: "@Bob?", mentions: [bob.id] });
  await until(() => other.unread(room).messages === 2, "the count");
  expect(other.unread(room)).toMatchObject({ messages: 2, mentions: 1 });

  const timeline = other.openTimeline(() => room);
  await until(() => timeline.rows().length === 2, "the timeline");
  expect(other.unread(room)).toMatchObject({ messages: 2, mentions: 1 });
  other.markRead(room, timeline.rows()[1]?.position ?? 0);
  await until(() => other.unread(room).messages === 0, "nothing unread");
});

test("a channel that went on in a new segment meanwhile takes what was written for the old one", async () => {
  const room = await newRoom("rolling");
  const one = await comes(alice, room);
  const timeline = one.openTimeline(() => room);
  await one.send(room, { body: "in the first", mentions: [] });
  await until(() => one.device().waiting === 0, "the entry to leave");

  await here.rollsOver(room);
  const id = await one.send(room, { body: "in the second", mentions: [] });
  await until(() => one.device().waiting === 0, "the entry to leave");
  const key = here.db.selectFrom("entry_key").select("document").where("id", "=", id);
  expect(await key.executeTakeFirst()).toEqual({ document: logDocument("channel", room, 2) });
  expect(timeline.rows().map(({ body }) => body)).toEqual(["in the first", "in the second"]);
  expect(one.notSent()).toEqual([]);
});

test("when somebody else signs in with this browser, nothing of the one mixes with the other", async () => {
  const room = await newRoom("apart");
  const carol = await here.person("Carol");
  valueOf(await carol.api.joinCommunity({ id: community }));
  const one = await comes(carol, room);
  valueOf(await carol.api.signOut());
  const dave = valueOf(await carol.api.signUp({ login: "dave", password: "correct horse battery", name: "Dave" }));
  expect(dave.id).not.toBe(carol.id);

  one.reconnect();
  await until(() => one.connection().state === "signed-out", "being signed out");
  await one.send(room, { body: "I am still Carol", mentions: [] });
  expect(one.device().waiting).toBe(1);
  const log = here.db.selectFrom("entry_key").select("id").where("channel", "=", room).where("kind", "=", "message");
  expect(await log.execute()).toEqual([]);
});

test("what was read here is said in one's home, once for several steps", async () => {
  const room = await newRoom("read");
  const local = await comes(alice, room);
  [10, 20, 30].forEach((position) => local.markRead(room, position));
  expect(local.readUpTo(room)).toBe(30);
  const said = async () =>
    await here.db.selectFrom("entry_key").select("state").where("state_key", "=", `marker/${room}`).execute();
  let states = await said();
  await until(() => {
    void said().then((rows) => (states = rows));
    return states.length > 0;
  }, "the marker at the server");
  expect(states).toEqual([{ state: "present" }]);
});

test("somebody who may no longer speak keeps the words and is told why", async () => {
  const room = await newRoom("archive");
  const other = await comes(bob, room);
  const timeline = other.openTimeline(() => room);
  await until(() => timeline.state() === "ready");
  bob.goOffline();
  await until(() => other.connection().state !== "online");
  const id = await other.send(room, { body: "one more thing", mentions: [] });
  valueOf(await alice.api.changeChannel({ id: room, archived: true }));
  bob.goOnline();
  other.reconnect();
  await until(() => other.notSent().length === 1, "the drawer");
  expect(other.notSent()).toMatchObject([{ id, code: "archived", body: "one more thing" }]);
  expect(timeline.find({ author: bob.id, id })).toBeUndefined();

  valueOf(await alice.api.changeChannel({ id: room, archived: false }));
  await other.retryAs(id, "one more thing, again");
  await until(() => other.device().waiting === 0 && other.notSent().length === 0, "the entry to leave");
  expect(timeline.rows().filter(({ kind }) => kind === "message")).toMatchObject([{ body: "one more thing, again" }]);
});

test("signing out leaves nothing on the device", async () => {
  const room = await newRoom("left");
  const dora = await here.person("Dora");
  valueOf(await dora.api.joinCommunity({ id: community }));
  const one = await comes(dora, room);
  await one.send(room, { body: "bye", mentions: [] });
  await one.wipe();
  const left = (await indexedDB.databases()).map(({ name }) => name ?? "");
  expect(left.filter((name) => name.includes(dora.id))).toEqual([]);
});
