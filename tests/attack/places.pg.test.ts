import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { applyUpdate, Doc, encodeStateAsUpdate } from "yjs";

import { logName } from "#shared/documents/names.ts";
import { say } from "#tests/support/people.ts";
import { entriesIn } from "#tests/support/scribe.ts";

import { any, forge, forged, type Place } from "./support/forge.ts";
import { freshClient, openWorld, ownLog, saying, type Room, type World } from "./support/world.ts";

let world: World;
let room: Room;

beforeAll(async () => void (world = await openWorld()));
afterAll(() => world.close());
beforeEach(async () => void (room = await world.room()));

/** Bob's two messages, under a clientID of his. */
async function bobSpoke(): Promise<number> {
  const client = freshClient();
  await room.take(world.bob, saying(world.bob, [say("one"), say("two")], client));
  return client;
}

test("there is no root but one's own log", async () => {
  for (const root of [
    logName(world.bob),
    "sys",
    "log/",
    "log/sys",
    "",
    "log",
    "LOG/" + world.mallory,
    `log/${world.mallory} `,
    `log/${world.mallory}/1`,
    `log/${world.mallory.toUpperCase()}`,
    `log/${world.mallory}\0`,
    "__proto__",
    "constructor",
    "toString",
    "\u202elog",
  ]) {
    await room.refuses("forbidden", world.mallory, forged(freshClient(), 0, any([say("hi")], { root })));
    await room.refuses(
      "forbidden",
      world.mallory,
      forged(freshClient(), 0, any([say("hi")], ownLog(world.mallory)), any([say("hi")], { root })),
      true,
    );
  }
});

test("nothing stands behind what somebody else wrote, whoever is named first", async () => {
  const victim = await bobSpoke();
  const behindBob: Place = { origin: { client: victim, clock: 1 } };
  await room.refuses("forbidden", world.mallory, forged(freshClient(), 0, any([say("hi")], behindBob)));

  const own = freshClient();
  await room.take(world.mallory, saying(world.mallory, [say("mine")], own));
  await room.refuses("forbidden", world.mallory, forged(own, 1, any([say("hi")], behindBob)));
  await room.refuses(
    "forbidden",
    world.mallory,
    forged(own, 1, any([say("a")], { origin: { client: own, clock: 0 } }), any([say("b")], behindBob)),
  );
});

test("what stands behind something that is not there yet is asked for, or refused where nobody can be asked", async () => {
  const [own, nobody] = [freshClient(), freshClient()];
  for (const origin of [
    { client: nobody, clock: 0 },
    { client: own, clock: 0 },
    { client: own, clock: 7 },
    { client: nobody, clock: 2 ** 52 },
  ]) {
    const bytes = forged(own, 0, any([say("hi")], { origin }));
    expect(await room.harmless(world.mallory, bytes)).toEqual({ kind: "behind" });
    await room.refuses("missing-dependency", world.mallory, bytes, true);
  }
});

test("two clientIDs that stand behind each other never begin", async () => {
  const [one, other] = [freshClient(), freshClient()];
  const ring = [
    [one, other],
    [other, one],
  ].map(([client, origin]) => ({
    client: client as number,
    clock: 0,
    structs: [any([say("round")], { origin: { client: origin as number, clock: 0 } })],
  }));
  await room.refuses("missing-dependency", world.mallory, forge(ring), true);
});

test("at most sixteen places of a frame have to be searched for", async () => {
  const own = freshClient();
  await room.take(
    world.mallory,
    saying(
      world.mallory,
      Array.from({ length: 40 }, (_, index) => say(String(index))),
      own,
    ),
  );
  const behind = (clock: number) => any([say("between")], { origin: { client: own, clock } });
  const scattered = (count: number) =>
    forged(freshClient(), 0, ...Array.from({ length: count }, (_, index) => behind(index * 2)));
  await room.refuses("malformed", world.mallory, scattered(17));
  expect(await room.take(world.mallory, scattered(16))).toMatchObject({ kind: "committed" });

  const many = forge(Array.from({ length: 17 }, () => ({ client: freshClient(), clock: 0, structs: [behind(3)] })));
  await room.refuses("malformed", world.mallory, many);
  const once = forged(freshClient(), 0, ...Array.from({ length: 17 }, () => behind(5)));
  await room.refuses("malformed", world.mallory, once);
});

test("origins given once to thousands and thousands of origins are refused alike", async () => {
  const own = freshClient();
  await room.take(
    world.mallory,
    saying(
      world.mallory,
      Array.from({ length: 1_900 }, (_, index) => say(String(index))),
      own,
    ),
  );
  const oneForAll = Array.from({ length: 1_900 }, () => any([null], { origin: { client: own, clock: 3 } }));
  const eachItsOwn = Array.from({ length: 1_900 }, (_, clock) => any([null], { origin: { client: own, clock } }));
  for (const structs of [oneForAll, eachItsOwn])
    await room.refuses("malformed", world.mallory, forged(freshClient(), 0, ...structs));
});

test("a frame that was sent as a hundred pieces, in any order, makes the same document", async () => {
  const own = freshClient();
  const entries = Array.from({ length: 20 }, (_, index) => say(String(index)));
  const piece = (clock: number) =>
    forged(
      own,
      clock,
      any([entries[clock]], clock === 0 ? ownLog(world.mallory) : { origin: { client: own, clock: clock - 1 } }),
    );
  for (const clock of [3, 0, 2, 1, 0, 5, 4, 3, 4, 5]) await room.take(world.mallory, piece(clock));
  await room.take(world.mallory, saying(world.mallory, entries, own), true);
  expect(entriesIn(room.live.doc, world.mallory)).toEqual(entries);

  const replica = new Doc();
  applyUpdate(replica, encodeStateAsUpdate(room.live.doc));
  expect(entriesIn(replica, world.mallory)).toEqual(entries);
});
