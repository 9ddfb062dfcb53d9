import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { MAX_AHEAD, MAX_BEHIND, MAX_ENTRY_BYTES } from "#shared/entries/limits.ts";
import type { MemberId } from "#shared/ids.ts";
import { say } from "#tests/support/people.ts";

import { openWorld, saying, type Room, type World } from "./support/world.ts";

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
const nested = (depth: number): unknown => (depth === 0 ? "deep" : { in: nested(depth - 1) });

test("a value that is no entry of a known kind is invalid, whatever it is", async () => {
  const honest = say("honest");
  for (const value of [
    null,
    true,
    0,
    -0,
    1.5,
    "text",
    [],
    [honest],
    {},
    { ...honest, id: undefined as never },
    { ...honest, id: 7 },
    { ...honest, id: "01" },
    { ...honest, id: honest.id.toLowerCase() },
    { ...honest, id: `8${honest.id.slice(1)}` },
    { ...honest, id: `${honest.id}\n` },
    { ...honest, id: [honest.id] },
    { ...honest, kind: "mystery" },
    { ...honest, kind: null },
    { ...honest, kind: ["message"] },
    { ...honest, kind: "constructor" },
    { ...honest, kind: "__proto__" },
    { ...honest, more: 1 },
    { ...honest, constructor: "x" },
    { ...honest, toJSON: "x" },
    { ...honest, valueOf: null },
    { ...honest, mentions: [null] },
    { ...honest, at: "now" },
    { ...honest, at: 1.5 },
    { ...honest, at: 0 },
    { ...honest, at: -1 },
    { ...honest, at: -0 },
    { ...honest, at: 1e300 },
    { ...honest, body: "" },
    { ...honest, body: "x".repeat(8_001) },
    { ...honest, body: 7 },
    { ...honest, body: "nul \0" },
    { ...honest, "nul\0": 1 },
    { ...honest, re: {} },
    { ...honest, re: { author: mallory, id: honest.id, segment: 0 } },
    { ...honest, re: { author: "sys", id: honest.id } },
    { ...honest, mentions: Array.from({ length: 51 }, () => world.bob) },
    { ...honest, mentions: "everybody" },
    { ...honest, mentions: { length: 1 } },
  ].map((one) => JSON.parse(JSON.stringify(one)) as unknown)) {
    await room.refuses("invalid", mallory, says(value));
  }
});

test("a kind that cannot be made into text is refused like any other", async () => {
  for (const kind of [
    { toString: null, valueOf: null },
    { toString: 1, valueOf: 1 },
    [{ toString: null, valueOf: null }],
    { toString: { call: 1 } },
  ]) {
    await room.refuses("invalid", mallory, says({ ...say("poison"), kind }));
  }
});

test("what the wire could not carry back is refused before it is read as an entry", async () => {
  const honest = say("honest");
  const deep = { ...honest, mentions: nested(4) };
  for (const value of [
    { ...honest, at: 1n },
    { ...honest, at: undefined },
    { ...honest, at: NaN },
    { ...honest, at: Infinity },
    { ...honest, body: Uint8Array.of(1) },
    deep,
  ]) {
    await room.refuses("malformed", mallory, says(value));
  }
  const prototype = JSON.parse('{"__proto__": {"admin": true}}') as object;
  await room.refuses("malformed", mallory, says({ ...honest, ...prototype, re: prototype }));
  await room.refuses("malformed", mallory, says(JSON.parse(`{"id":"${honest.id}","__proto__":{"kind":"message"}}`)));
});

test("half a character is no text", async () => {
  const bytes = says(say("abc"));
  const at = Buffer.from(bytes).indexOf("abc");
  for (const broken of [
    [0xed, 0xa0, 0x80],
    [0xff, 0xfe, 0xfd],
    [0xc0, 0x80, 0x41],
    [0x61, 0xe2, 0x82],
  ]) {
    const forged = Uint8Array.from(bytes);
    forged.set(broken, at);
    await room.refuses("malformed", mallory, forged);
  }
});

test("an entry is measured as it will be kept, to the byte, and not as it comes over the wire", async () => {
  const bare = say("");
  const of = (bytes: number) => {
    const left = bytes - Buffer.byteLength(JSON.stringify(bare));
    return { ...bare, body: "€".repeat(Math.floor(left / 3)) + "x".repeat(left % 3) };
  };
  await room.refuses("invalid", mallory, says(of(MAX_ENTRY_BYTES + 1)));
  expect(await room.take(mallory, says(of(MAX_ENTRY_BYTES)))).toMatchObject({ kind: "committed" });

  const wide = { ...say("x"), body: "\u{1f600}".repeat(4_000) };
  expect(await room.take(mallory, says(wide))).toMatchObject({ kind: "committed" });
  const controls = { ...say("x"), body: "\u0001".repeat(8_000) };
  await room.refuses("invalid", mallory, says(controls));
  const keys = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`k${index}`, 1]));
  await room.refuses("invalid", mallory, says({ ...say("x"), ...keys }));
});

test("time is judged by receipt, to the millisecond of its limits and beyond", async () => {
  const now = Date.now();
  for (const at of [now + MAX_AHEAD + 60_000, now + 90 * 86_400_000, 2 ** 53 - 1])
    await room.refuses("too-early", mallory, says({ ...say("soon"), at }));
  for (const at of [1, now - MAX_BEHIND - 60_000])
    await room.refuses("too-late", mallory, says({ ...say("long ago"), at }));
  expect(
    await room.take(
      mallory,
      says({ ...say("now"), at: now + MAX_AHEAD - 60_000 }, { ...say("then"), at: now - MAX_BEHIND + 60_000 }),
    ),
  ).toMatchObject({ kind: "committed" });
});

test("one culprit refuses all that came with it, and only culprits are named", async () => {
  const [good, early, other] = [say("good"), say("early", { at: Date.now() + 600_000 }), say("x".repeat(8_001))];
  const outcome = await room.harmless(mallory, says(good, early, other, early));
  expect(outcome).toMatchObject({ code: "too-early" });
  expect((outcome as { entries: readonly { id: string }[] }).entries.map(({ id }) => id)).toEqual([early.id, early.id]);
  expect(await room.take(mallory, says(good))).toMatchObject({ kind: "committed" });
});
