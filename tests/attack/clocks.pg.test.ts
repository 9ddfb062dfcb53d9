import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { logName } from "#shared/documents/names.ts";
import { about, say } from "#tests/support/people.ts";
import { entriesIn } from "#tests/support/scribe.ts";

import { any, erasure, forge, forged, type Place } from "./support/forge.ts";
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

test("a clientID is its first writer's, and the server's are the server's", async () => {
  const victim = await bobSpoke();
  await room.refuses("foreign-client", world.mallory, saying(world.mallory, [say("hi")], victim, 2));
  await room.refuses("foreign-client", world.mallory, forged(victim, 2, any([say("hi")], ownLog(world.mallory))));

  await room.take(world.bob, saying(world.bob, [say("late", { at: Date.now() - 3_600_000 })]));
  const [servers] = [...room.live.bindings].find(([, owner]) => owner === "sys") as [number, string];
  await room.refuses("foreign-client", world.mallory, saying(world.mallory, [say("hi")], servers, 1));
  await room.refuses("foreign-client", world.mallory, forged(servers, 1, any([say("hi")], { root: "sys" })));
});

test("a clientID in a frame that was refused belongs to nobody", async () => {
  const client = freshClient();
  await room.refuses("invalid", world.mallory, saying(world.mallory, [say("x".repeat(8_001))], client));
  expect(await room.take(world.bob, saying(world.bob, [say("mine")], client))).toMatchObject({ kind: "committed" });
});

test("one frame of two people's clientIDs is refused whole", async () => {
  const victim = await bobSpoke();
  const bytes = forge([
    { client: freshClient(), clock: 0, structs: [any([say("mine")], ownLog(world.mallory))] },
    { client: victim, clock: 2, structs: [any([say("his")], { origin: { client: victim, clock: 1 } })] },
  ]);
  await room.refuses("foreign-client", world.mallory, bytes);
});

test("an overlap whose tail points into somebody's log is cut off from there, and both lengths stay true", async () => {
  const victim = await bobSpoke();
  const own = freshClient();
  const [first, second] = [say("first"), say("second")];
  await room.take(world.mallory, saying(world.mallory, [first], own));

  const behindBob: Place = { origin: { client: victim, clock: 1 } };
  expect(await room.take(world.mallory, forged(own, 0, any([first, second], behindBob)))).toMatchObject({
    kind: "committed",
  });
  expect(entriesIn(room.live.doc, world.mallory)).toEqual([first, second]);
  expect(entriesIn(room.live.doc, world.bob)).toHaveLength(2);
});

test("an overlap that says otherwise is a fork, by value, order or root", async () => {
  const own = freshClient();
  const [first, second] = [say("first"), say("second")];
  await room.take(world.mallory, saying(world.mallory, [first, second], own));
  for (const values of [
    [say("else")],
    [second, first],
    [first, say("else")],
    [null],
    [[first]],
    [{ ...first, body: "First" }],
  ]) {
    await room.refuses("fork", world.mallory, saying(world.mallory, values, own));
    await room.refuses("fork", world.mallory, saying(world.mallory, [...values, say("more"), say("more")], own), true);
  }
  await room.refuses("fork", world.mallory, forged(own, 0, any([first], { root: logName(world.bob) })));
  await room.refuses("fork", world.mallory, forged(own, 0, any([first], { root: "sys" })));
});

test("somebody else's entries come back as they are, or not at all", async () => {
  const victim = await bobSpoke();
  const [one, two] = entriesIn(room.live.doc, world.bob);
  expect(await room.harmless(world.mallory, saying(world.bob, [one, two], victim), true)).toMatchObject({
    kind: "committed",
  });
  await room.refuses(
    "fork",
    world.mallory,
    saying(world.bob, [one, { ...(two as object), body: "forged" }], victim),
    true,
  );
  await room.refuses("foreign-client", world.mallory, saying(world.bob, [one, two, say("three")], victim), true);
});

test("what begins beyond the known clock misses something, in all its guises", async () => {
  const own = freshClient();
  await room.take(world.mallory, saying(world.mallory, [say("first")], own));
  for (const clock of [2, 3, 1_000, 2 ** 40]) {
    expect(await room.harmless(world.mallory, forged(own, clock, any([say("gap")], ownLog(world.mallory))))).toEqual({
      kind: "behind",
    });
    await room.refuses(
      "missing-dependency",
      world.mallory,
      forged(own, clock, any([say("gap")], ownLog(world.mallory))),
      true,
    );
  }
  const victim = await bobSpoke();
  expect(await room.harmless(world.mallory, forged(victim, 5, any([say("gap")], ownLog(world.mallory))))).toEqual({
    kind: "behind",
  });
});

test("nobody deletes: not others', not their own, not what is yet to come, not a little more than is deleted", async () => {
  const victim = await bobSpoke();
  const own = freshClient();
  const said = say("mine");
  await room.take(world.mallory, saying(world.mallory, [said, say("stays")], own));
  for (const bytes of [
    erasure(victim, [0, 1]),
    erasure(victim, [1, 1]),
    erasure(own, [0, 1]),
    erasure(own, [0, 2]),
    erasure(own, [2, 1]),
    erasure(own, [1, 2 ** 40]),
    erasure(freshClient(), [0, 1]),
    erasure(victim, [2 ** 52, 1]),
    forge(
      [{ client: own, clock: 2, structs: [any([say("new")], { origin: { client: own, clock: 1 } })] }],
      [{ client: own, ranges: [[2, 1]] }],
    ),
    forge(
      [{ client: own, clock: 2, structs: [any([say("new")], { origin: { client: own, clock: 1 } })] }],
      [{ client: victim, ranges: [[0, 1]] }],
    ),
  ]) {
    await room.refuses("deletes-refused", world.mallory, bytes);
    await room.refuses("deletes-refused", world.mallory, bytes, true);
  }

  await room.take(
    world.mallory,
    saying(world.mallory, [about("retract", { of: { author: world.mallory, id: said.id } })]),
  );
  expect(await room.harmless(world.mallory, erasure(own, [0, 1]))).toMatchObject({ kind: "committed", entries: [] });
  await room.refuses("deletes-refused", world.mallory, erasure(own, [0, 2]));
});

test("what the server is deleting in this very moment counts as deleted, and nothing else does", async () => {
  const own = freshClient();
  const said = say("mine");
  await room.take(world.mallory, saying(world.mallory, [said, say("stays")], own));
  const outcomes = await Promise.all([
    room.take(world.mallory, saying(world.mallory, [about("retract", { of: { author: world.mallory, id: said.id } })])),
    room.take(world.mallory, erasure(own, [0, 1])),
    room.take(world.mallory, erasure(own, [0, 2])),
  ]);
  expect(outcomes).toMatchObject([{ kind: "committed" }, { kind: "committed" }, { code: "deletes-refused" }]);
});
