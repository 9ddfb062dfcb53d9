import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { logDocument } from "#shared/documents/names.ts";
import { homeOf, type ChannelId, type CommunityId } from "#shared/ids.ts";
import { SEGMENT_LIMITS } from "#server/documents/segment-size.ts";
import { valueOf } from "#tests/support/api.ts";
import { say } from "#tests/support/people.ts";
import { testNode } from "#tests/support/scribe.ts";
import { until } from "#tests/support/until.ts";
import { world, type Person, type World } from "#tests/support/world.ts";

import type { Local } from "./local.ts";

let here: World;
let alice: Person;
let community: CommunityId;
const open: Local[] = [];

beforeAll(async () => {
  here = await world();
  alice = await here.person("Alice");
  community = valueOf(await alice.api.createCommunity({ name: "Northern Networks", access: "open" })).id;
});
afterEach(() => {
  open.splice(0).forEach((local) => local.close());
  expect(here.failures).toEqual([]);
});
afterAll(() => here.close());

async function comes(person: Person, room: ChannelId): Promise<Local> {
  const local = await person.open();
  open.push(local);
  await until(() => local.connection().state === "online", "the connection");
  await until(() => local.channel(room) !== undefined, "the channel");
  return local;
}

const rolls = (person: Person, head: number) => here.rollsOver(homeOf(person.id), head, "user");

/** Where the state of a person lies that has this key. */
async function placeOf(person: Person, stateKey: string): Promise<string | undefined> {
  const keys = here.db.selectFrom("entry_key").select("document").where("channel", "=", homeOf(person.id));
  const row = await keys.where("state_key", "=", stateKey).where("state", "=", "present").executeTakeFirst();
  return row?.document;
}

async function untilIn(person: Person, stateKey: string, segment: number): Promise<void> {
  const expected = logDocument("user", homeOf(person.id), segment);
  await expect.poll(() => placeOf(person, stateKey), { timeout: 10_000 }).toBe(expected);
}

test("a home goes on in another segment before one's eyes, and nothing of it is gone", async () => {
  const bob = await here.person("Bob");
  valueOf(await bob.api.joinCommunity({ id: community }));
  const room = valueOf(await alice.api.createChannel({ id: community, name: "first" })).id;
  const local = await comes(bob, room);
  local.saveDraft(room, { body: "half a sentence" });
  local.markRead(room, 30);
  await untilIn(bob, `draft/${room}`, 1);
  await untilIn(bob, `marker/${room}`, 1);

  await rolls(bob, 1);
  await until(() => local.connection().state === "online");
  local.markRead(room, 40);
  await untilIn(bob, `marker/${room}`, 2);
  await untilIn(bob, `draft/${room}`, 2);
  expect(local.draft(room)?.body).toBe("half a sentence");
  expect(local.communities().map(({ id }) => id)).toEqual([community]);

  local.close();
  const again = await comes(bob, room);
  expect(again.draft(room)?.body).toBe("half a sentence");
  expect(again.readUpTo(room)).toBe(40);
});

test("whoever was away while their home went on twice finds what became of it, and says what they had to say", async () => {
  const carol = await here.person("Carol");
  valueOf(await carol.api.joinCommunity({ id: community }));
  const room = valueOf(await alice.api.createChannel({ id: community, name: "second" })).id;
  const local = await comes(carol, room);
  local.saveDraft(room, { body: "before" });
  await untilIn(carol, `draft/${room}`, 1);

  carol.goOffline();
  await until(() => local.connection().state !== "online");
  local.saveDraft(room, { body: "meanwhile" });
  await rolls(carol, 1);
  const other = valueOf(await alice.api.createCommunity({ name: "Elsewhere", access: "open" })).id;
  valueOf(await (await carol.elsewhere()).joinCommunity({ id: other }));
  await rolls(carol, 2);
  carol.goOnline();
  local.reconnect();

  await until(() => local.communities().length === 2, "the new community");
  await untilIn(carol, `draft/${room}`, 3);
  expect(local.draft(room)?.body).toBe("meanwhile");
  expect(local.notSent()).toEqual([]);
});

test("a channel that is full goes on in another segment by itself, and readers see one conversation", async () => {
  const [dave, erin] = [await here.person("Dave"), await here.person("Erin")];
  for (const person of [dave, erin]) valueOf(await person.api.joinCommunity({ id: community }));
  const room = valueOf(await alice.api.createChannel({ id: community, name: "third" })).id;
  const old = Array.from({ length: SEGMENT_LIMITS.entries - 2 }, (_, index) => say(`${index}`));
  const document = logDocument("channel", room, 1);
  const { committer } = testNode(here.db);
  for (let from = 0; from < old.length; from += 500) {
    const entries = old.slice(from, from + 500).map((entry) => ({ author: alice.id, entry }));
    expect(await committer.submit({ kind: "write", document, entries })).toMatchObject({ kind: "committed" });
  }

  const [one, other] = [await comes(dave, room), await comes(erin, room)];
  const timeline = other.openTimeline(() => room);
  const said = ["the last but one", "the last", "the first of a new one", "and on"];
  for (const body of said) {
    await one.send(room, { body, mentions: [] });
    await until(() => one.device().waiting === 0, "the entry to leave");
  }
  await until(() => timeline.rows().at(-1)?.body === "and on", "the newest message");
  expect(
    timeline
      .rows()
      .slice(-4)
      .map(({ body }) => body),
  ).toEqual(said);
  const segments = here.db.selectFrom("document").select(["segment", "closed"]).where("channel_id", "=", room);
  expect(await segments.orderBy("segment").execute()).toEqual([
    { segment: 1, closed: 2 },
    { segment: 2, closed: null },
  ]);
  expect(one.notSent()).toEqual([]);
});
