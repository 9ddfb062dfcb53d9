import { sql } from "kysely";
import { ulid } from "ulid";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { SYS } from "#shared/documents/names.ts";
import { parseEntry } from "#shared/entries/kinds.ts";
import type { EntryId, MemberId } from "#shared/ids.ts";
import { about, say } from "#tests/support/people.ts";
import { entriesIn, testNode } from "#tests/support/scribe.ts";

import { any, forge } from "./support/forge.ts";
import { freshClient, openWorld, ownLog, saying, type Room, type World } from "./support/world.ts";

let world: World;
let room: Room;
let mallory: MemberId;

beforeAll(async () => {
  world = await openWorld();
  mallory = world.mallory;
});
afterAll(() => world.close());
beforeEach(async () => void (room = await world.room()));

test("what is refused spends nothing of anybody's keys, clientIDs or allowance", async () => {
  const entries = Array.from({ length: 800 }, (_, index) => say(String(index)));
  const poisoned = [...entries.slice(1), say("x".repeat(8_001))];
  for (let round = 0; round < 4; round += 1) await room.refuses("invalid", mallory, saying(mallory, poisoned));
  expect(await room.take(mallory, saying(mallory, entries))).toMatchObject({ kind: "committed" });
});

test("whoever sends more than the room takes is told to wait, and waiting helps", async () => {
  const clock = { now: Date.now() };
  const node = testNode(world.database.db, () => clock.now);
  const live = await node.open((await world.room()).live.name);
  const frame = (count: number) =>
    saying(
      mallory,
      Array.from({ length: count }, (_, index) => say(String(index), { at: clock.now })),
    );
  const outcomes = [];
  for (let round = 0; round < 4; round += 1) outcomes.push(await node.take(live, mallory, frame(600)));
  expect(outcomes).toMatchObject([
    { kind: "committed" },
    { kind: "committed" },
    { kind: "committed" },
    { code: "rate" },
  ]);

  const { retryAfter } = outcomes[3] as { retryAfter: number };
  clock.now += retryAfter - 1_000;
  expect(await node.take(live, mallory, frame(600))).toMatchObject({ code: "rate" });
  clock.now += 1_000;
  expect(await node.take(live, mallory, frame(600))).toMatchObject({ kind: "committed" });
});

test("nobody is faster under more clientIDs, in more frames or from more devices", async () => {
  const clock = { now: Date.now() };
  const node = testNode(world.database.db, () => clock.now);
  const live = await node.open((await world.room()).live.name);
  const frame = () =>
    saying(
      mallory,
      Array.from({ length: 50 }, () => say("x", { at: clock.now })),
    );
  const outcomes = await Promise.all(Array.from({ length: 80 }, () => node.take(live, mallory, frame())));
  expect(outcomes.filter(({ kind }) => kind === "committed")).toHaveLength(40);
  expect(entriesIn(live.doc, mallory)).toHaveLength(2_000);
  expect(await node.take(live, world.bob, saying(world.bob, [say("at once", { at: clock.now })]))).toMatchObject({
    kind: "committed",
  });
});

test("copies and what is erased at once are charged like everything else", async () => {
  const said = say("again and again");
  await room.take(mallory, saying(mallory, [said]));
  const copies = Array.from({ length: 700 }, () => ({ id: said.id }));
  await room.take(mallory, saying(mallory, [about("retract", { of: { author: mallory, id: said.id } })]));
  const outcomes = [];
  for (let round = 0; round < 3; round += 1) outcomes.push(await room.take(mallory, saying(mallory, copies)));
  expect(outcomes).toMatchObject([{ kind: "committed" }, { kind: "committed" }, { code: "rate" }]);
});

test("two hundred clientIDs are enough for a day, and ten thousand are no more", async () => {
  const frames = Array.from({ length: 10_000 }, () => saying(mallory, [say("as somebody new")]));
  const outcomes = await Promise.all(frames.map((bytes) => room.take(mallory, bytes)));
  expect(outcomes.filter(({ kind }) => kind === "committed")).toHaveLength(200);
  expect(outcomes.at(-1)).toMatchObject({ code: "rate" });
  expect(room.live.bindings.size).toBe(200);
  const mixed = forge(
    Array.from({ length: 9 }, () => ({ client: freshClient(), clock: 0, structs: [any([say("x")], ownLog(mallory))] })),
  );
  await room.refuses("rate", mallory, mixed);
  expect(await room.take(world.bob, saying(world.bob, [say("not my day's")]))).toMatchObject({ kind: "committed" });
});

test("whatever somebody may send at all is taken in the end, however many entries it holds", async () => {
  const clock = { now: Date.now() };
  const node = testNode(world.database.db, () => clock.now);
  const live = await node.open((await world.room()).live.name);
  const week = Array.from({ length: 2_600 }, (_, index) => ({
    id: ulid(clock.now + index) as EntryId,
    at: clock.now - 86_400_000,
    kind: "message",
    body: "x",
  }));
  const bytes = saying(mallory, week);
  expect(bytes.length).toBeGreaterThan(64 * 1024);
  expect(await node.take(live, mallory, bytes, true)).toMatchObject({ kind: "committed" });
  expect(await node.take(live, mallory, saying(mallory, [say("more")]))).toMatchObject({ code: "rate" });
  clock.now += 60 * 60_000;
  expect(await node.take(live, mallory, saying(mallory, [say("more", { at: clock.now })]))).toMatchObject({
    kind: "committed",
  });
});

test("many late entries are told of in notices that everybody can read, and none at home", async () => {
  const then = Date.now() - 3_600_000;
  const late = Array.from({ length: 500 }, (_, index) => say(String(index), { at: then + index }));
  await room.take(mallory, saying(mallory, late));
  const notices = entriesIn(room.live.doc, SYS).map(parseEntry);
  expect(notices.flatMap((notice) => (notice?.kind === "late" ? notice.of.map(({ id }) => id) : []))).toEqual(
    late.map(({ id }) => id),
  );

  const home = await world.node.open(`user:${mallory}/1`);
  await world.node.take(home, mallory, saying(mallory, [about("draft", { channel: room.id, body: "", at: then })]));
  expect(entriesIn(home.doc, SYS)).toEqual([]);
});

test("what could not be committed is not charged, however often it is tried", async () => {
  const clock = { now: Date.now() };
  const node = testNode(world.database.db, () => clock.now);
  const live = await node.open((await world.room()).live.name);
  const entries = Array.from({ length: 1_100 }, (_, index) => say(String(index), { at: clock.now }));
  const tries = await world.database.db.transaction().execute(async (trx) => {
    await sql`lock table entry_key in exclusive mode`.execute(trx);
    return [await node.take(live, mallory, saying(mallory, entries), true)];
  });
  expect(tries).toMatchObject([{ code: "overload" }]);
  expect(node.failures.splice(0)).toHaveLength(2);
  expect(await node.take(live, mallory, saying(mallory, entries), true)).toMatchObject({ kind: "committed" });
  expect(await node.take(live, mallory, saying(mallory, entries), true)).toMatchObject({ code: "rate" });
});
