import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { Doc, encodeStateAsUpdateV2 } from "yjs";

import { say } from "#tests/support/people.ts";

import { any, deleted, erasure, forge, forged, gc, skip, strange } from "./support/forge.ts";
import { freshClient, openWorld, ownLog, saying, type Room, type World } from "./support/world.ts";

let world: World;
let room: Room;

beforeAll(async () => void (world = await openWorld()));
afterAll(() => world.close());
beforeEach(async () => void (room = await world.room()));

test.each(Object.keys(strange))("an item of %s is no item of a log", async (name) => {
  const make = strange[name] as (typeof strange)[string];
  const place = ownLog(world.mallory);
  await room.refuses("malformed", world.mallory, forged(freshClient(), 0, make(place)));
  await room.refuses(
    "malformed",
    world.mallory,
    forged(freshClient(), 0, any([say("first")], place), make(place)),
    true,
  );
});

test("an item says neither what follows it, nor a field, nor an item that it lies in", async () => {
  const client = freshClient();
  await room.take(world.mallory, saying(world.mallory, [say("one"), say("two")], client));
  const [first, second] = [0, 1].map((clock) => ({ client, clock }));
  for (const place of [
    { origin: first, right: second },
    { right: first },
    { ...ownLog(world.mallory), key: "field" },
    { origin: second, key: "field" },
    { parent: first },
    { parent: first, key: "field" },
  ]) {
    await room.refuses("malformed", world.mallory, forged(freshClient(), 0, any([say("three")], place as never)));
  }
});

test("nobody sends holes, collected items or items that were deleted before they came", async () => {
  for (const struct of [gc(1), skip(1), gc(2 ** 40), skip(2 ** 40)]) {
    await room.refuses("malformed", world.mallory, forged(freshClient(), 0, struct));
    await room.refuses(
      "malformed",
      world.mallory,
      forged(freshClient(), 0, struct, any([say("behind")], ownLog(world.mallory))),
      true,
    );
  }
  for (const length of [1, 5, 2 ** 32, 2 ** 52]) {
    await room.refuses("malformed", world.mallory, forged(freshClient(), 0, deleted(length, ownLog(world.mallory))));
  }
});

test("nothing collected or deleted is said under a victim's clientID", async () => {
  const victim = freshClient();
  await room.take(world.bob, saying(world.bob, [say("mine"), say("mine too")], victim));
  for (const struct of [gc(2), skip(2)]) await room.refuses("malformed", world.mallory, forged(victim, 0, struct));
  for (const [clock, length] of [
    [0, 3],
    [2, 1],
    [1, 2 ** 40],
  ] as const) {
    const place = clock === 0 ? ownLog(world.bob) : { origin: { client: victim, clock: clock - 1 } };
    await room.harmless(world.mallory, forged(victim, clock, deleted(length, place)));
  }
  expect(room.live.doc.getArray(`log/${world.bob}`)).toHaveLength(2);
});

test("that a known value is deleted is only believed of the server", async () => {
  const victim = freshClient();
  await room.take(world.bob, saying(world.bob, [say("mine"), say("mine too")], victim));
  expect(await room.harmless(world.mallory, forged(victim, 0, deleted(2, ownLog(world.bob))))).toMatchObject({
    kind: "committed",
    entries: [],
  });
  expect(await room.harmless(world.bob, forged(victim, 0, deleted(1, ownLog(world.bob))), true)).toMatchObject({
    kind: "committed",
  });
  expect(room.live.doc.getArray(`log/${world.bob}`)).toHaveLength(2);
});

test("an update of the second format is not read as one of the first", async () => {
  const doc = new Doc();
  doc.getArray(`log/${world.mallory}`).push([say("v2")]);
  await room.refuses("malformed", world.mallory, encodeStateAsUpdateV2(doc));
});

test("counts and lengths that do not hold are refused before anything is made of them", async () => {
  const place = ownLog(world.mallory);
  const [max, beyond] = [2 ** 53 - 1, 2 ** 53];
  for (const bytes of [
    forged(freshClient(), 0, any([say("one")], place, 2)),
    forged(freshClient(), 0, any([say("one")], place, 0)),
    forged(freshClient(), 0, any([say("one")], place, 2 ** 31)),
    forged(freshClient(), max, any([say("one")], place)),
    forged(freshClient(), beyond, any([say("one")], place)),
    forged(2 ** 32, 0, any([say("one")], place)),
    forge([7, 7].map((client) => ({ client, clock: 0, structs: [any([say("twice")], place)] }))),
    erasure(7, [0, 0]),
    erasure(7, [max, 1]),
    erasure(7, [5, 2], [6, 1]),
    erasure(7, [5, 2], [0, 1]),
    Uint8Array.of(),
    Uint8Array.of(0),
    Uint8Array.of(0, 0, 0),
    new Uint8Array(65_536),
    new Uint8Array(65_536).fill(255),
  ]) {
    await room.refuses("malformed", world.mallory, bytes);
  }
});

test("a number that never ends is no number", async () => {
  const endless = new Uint8Array(400).fill(0x80);
  for (const bytes of [
    [...endless, 0],
    [1, 1, ...endless, 0, 0, 8, 1, 1, 115, 1, 126, 0],
    [1, 1, 5, ...endless, 0, 8, 1, 1, 115, 1, 126, 0],
    [1, 1, 5, 0, 1, 1, 1, 115, ...endless, 0, 0],
    [1, 1, 5, 0, 0x88, 5, ...endless, 0, 1, 126, 0],
    [1, 1, 5, 0, 8, 1, 1, 115, ...endless, 0, 0],
    [1, 1, 5, 0, 8, 1, 1, 115, 1, 119, ...endless, 0, 0],
    [1, 1, 5, 0, 8, 1, 1, 115, 1, 125, 0xc0, ...endless, 0, 0],
    [0, 1, ...endless, 0, 1, 0, 1],
    [0, 1, 5, 1, 0, ...endless, 0],
    [0, 1, 5, 1, ...endless, 0, 1],
  ]) {
    await room.refuses("malformed", world.mallory, Uint8Array.from(bytes));
  }
});

test("frames past the limits are too large, however they reach them", async () => {
  const place = ownLog(world.mallory);
  const wide = any([say("x".repeat(70_000))], place);
  await room.refuses("too-large", world.mallory, forged(freshClient(), 0, wide));
  await room.refuses("too-large", world.mallory, new Uint8Array(1024 * 1024 - 100));
  const many = Array.from({ length: 2_001 }, () => any([null], place));
  await room.refuses("too-large", world.mallory, forged(freshClient(), 0, ...many));
  await room.refuses(
    "too-large",
    world.mallory,
    forged(
      freshClient(),
      0,
      any(
        Array.from({ length: 4_001 }, () => null),
        place,
      ),
    ),
  );
  const tiny = any(
    Array.from({ length: 200_000 }, () => null),
    place,
  );
  await room.refuses("too-large", world.mallory, forged(freshClient(), 0, tiny), true);
  const spread = Array.from({ length: 2_001 }, () => ({
    client: freshClient(),
    clock: 0,
    structs: [any([null], place)],
  }));
  await room.refuses("too-large", world.mallory, forge(spread), true);
});
