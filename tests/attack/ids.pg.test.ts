import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ulid } from "ulid";

import type { EntryId, MemberId } from "#shared/ids.ts";
import { about, say } from "#tests/support/people.ts";
import { entriesIn } from "#tests/support/scribe.ts";

import { freshClient, openWorld, saying, type Room, type World } from "./support/world.ts";

let world: World;
let room: Room;
let mallory: MemberId;

beforeAll(async () => {
  world = await openWorld();
  mallory = world.mallory;
});
afterAll(() => world.close());
beforeEach(async () => void (room = await world.room()));

const says = (...values: readonly unknown[]): Uint8Array => saying(mallory, values);

test("an id is taken once: by another value, another kind or in the same frame", async () => {
  const said = say("first");
  await room.take(mallory, says(said));
  for (const entry of [
    { ...said, body: "second" },
    { ...said, at: said.at + 1 },
    { ...said, re: { author: world.bob, id: said.id } },
    { ...about("reaction", { of: { author: world.bob, id: said.id }, key: "x", on: true }), id: said.id },
    { id: said.id },
    { id: said.id, kind: { toString: null } },
  ]) {
    await room.refuses("id-reused", mallory, says(entry));
  }
  const twice = say("once");
  await room.refuses("id-reused", mallory, says(twice, { ...twice, body: "and once more" }));
  expect(await room.take(mallory, says(twice, twice, twice))).toMatchObject({ kind: "committed" });
  expect(entriesIn(room.live.doc, mallory)).toEqual([said, twice]);
});

test("the same id by two people is two entries", async () => {
  const said = say("mine");
  await room.take(world.bob, saying(world.bob, [said]));
  expect(await room.take(mallory, says({ ...said, body: "also mine" }))).toMatchObject({ kind: "committed" });
  expect(await room.take(mallory, says(about("retract", { of: { author: mallory, id: said.id } })))).toMatchObject({
    kind: "committed",
  });
  expect(entriesIn(room.live.doc, world.bob)).toEqual([said]);
});

test("only messages, edits and reactions are taken back, not retractions, moderation or oneself", async () => {
  const said = say("gone");
  const retraction = about("retract", { of: { author: mallory, id: said.id } });
  await room.take(mallory, says(said, retraction));
  await room.refuses("invalid", mallory, says(about("retract", { of: { author: mallory, id: retraction.id } })));

  const veil = about("hide", { of: { author: world.bob, id: said.id }, reason: "" });
  await room.take(world.alice, saying(world.alice, [veil]));
  await room.refuses(
    "invalid",
    world.alice,
    saying(world.alice, [about("retract", { of: { author: world.alice, id: veil.id } })]),
  );

  const id = ulid() as EntryId;
  await room.refuses("invalid", mallory, says({ id, at: Date.now(), kind: "retract", of: { author: mallory, id } }));
});

test("edits of edits, of themselves and of each other go with what they are edits of", async () => {
  const [said, one, other] = [say("gone"), say("x"), say("y")];
  const edit = (id: EntryId, of: EntryId) => ({
    id,
    at: Date.now(),
    kind: "edit",
    of: { author: mallory, id: of },
    body: "swordfish",
  });
  await room.take(mallory, says(said, edit(one.id, other.id), edit(other.id, one.id)));
  const own = ulid() as EntryId;
  await room.take(mallory, says(edit(own, own)));
  await room.take(
    mallory,
    says(
      about("retract", { of: { author: mallory, id: own } }),
      about("retract", { of: { author: mallory, id: one.id } }),
    ),
  );
  expect(JSON.stringify(entriesIn(room.live.doc, mallory))).not.toContain("swordfish");
});

test("an id that was reserved takes whatever comes under it, and stores none of it", async () => {
  const id = ulid() as EntryId;
  await room.take(mallory, says(about("retract", { of: { author: mallory, id } })));
  for (const value of [
    { id },
    { ...say("late"), id },
    { id, kind: { toString: null } },
    { id, body: "nul \0 swordfish" },
  ]) {
    expect(await room.take(mallory, says(value))).toMatchObject({
      kind: "committed",
      entries: [{ author: mallory, id }],
    });
  }
  expect(JSON.stringify(entriesIn(room.live.doc, mallory))).not.toContain("swordfish");
});

test("whatever is said to have been where something is deleted is passed over", async () => {
  const said = say("gone");
  const client = freshClient();
  await room.take(mallory, saying(mallory, [said], client));
  await room.take(mallory, says(about("retract", { of: { author: mallory, id: said.id } })));
  for (const value of [
    null,
    7,
    "text",
    [],
    {},
    { id: null },
    { id: "short" },
    { id: "x".repeat(60_000) },
    { id: { id: said.id } },
  ]) {
    expect(await room.harmless(mallory, saying(mallory, [value], client))).toMatchObject({
      kind: "committed",
      entries: [],
    });
    expect(await room.harmless(mallory, saying(mallory, [value], client), true)).toMatchObject({
      kind: "committed",
      entries: [],
    });
  }
  expect(await room.harmless(mallory, saying(mallory, [said], client))).toMatchObject({
    entries: [{ author: mallory, id: said.id }],
  });
});

test("of one hundred states with one key one stands, and nobody else's", async () => {
  const home = await world.node.open(`user:${mallory}/1`);
  const marker = (read: number, at: number) => about("marker", { channel: room.id, read, at });
  const now = Date.now();
  const states = Array.from({ length: 100 }, (_, index) => marker(index, now - ((index * 37) % 100)));
  expect(await world.node.take(home, mallory, says(...states))).toMatchObject({ kind: "committed" });
  expect(await world.node.take(home, mallory, says(...states.toReversed()))).toMatchObject({ kind: "committed" });
  expect(entriesIn(home.doc, mallory)).toEqual([states[0]]);

  expect(await world.node.take(home, world.bob, saying(world.bob, [marker(1, now)]))).toMatchObject({
    code: "not-a-member",
  });
  expect(await world.node.take(home, mallory, says(say("talking to myself")))).toMatchObject({ code: "invalid" });
  expect(
    await world.node.take(home, mallory, says(about("marker", { channel: "../x" as never, read: 1 }))),
  ).toMatchObject({ code: "invalid" });
});
