import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { Doc, encodeStateAsUpdateV2 } from "yjs";

import { say } from "#tests/support/people.ts";

import { any, forged } from "./support/forge.ts";
import { openHall, type Hall } from "./support/hall.ts";
import { roundTrip } from "./support/wire.ts";
import { freshClient, saying } from "./support/world.ts";

let hall: Hall;
let name: string;

beforeAll(async () => void (hall = await openHall()));
afterAll(() => hall.close());
beforeEach(async () => void (name = (await hall.world.room()).live.name));
afterEach(() => hall.clear());

test("every forged update is answered once, on a socket that stays", async () => {
  const { mallory, bob } = hall.world;
  const wire = await hall.wire(mallory);
  await wire.attach(name);
  const v2 = new Doc();
  v2.getArray(`log/${mallory}`).push([say("v2")]);
  const frames: readonly (readonly [string, Uint8Array])[] = [
    ["malformed", new Uint8Array(500).fill(9)],
    ["malformed", Uint8Array.of()],
    ["malformed", encodeStateAsUpdateV2(v2)],
    ["too-large", new Uint8Array(65_537)],
    ["too-large", new Uint8Array(1_000_000)],
    ["forbidden", saying(bob, [say("I am Bob")])],
    ["forbidden", forged(freshClient(), 0, any([say("x")], { root: "sys" }))],
    ["invalid", saying(mallory, [say("x".repeat(8_001))])],
    ["too-early", saying(mallory, [say("soon", { at: Date.now() + 3_600_000 })])],
  ];
  for (const [, bytes] of frames) wire.update(name, bytes);
  await wire.until(() => wire.said("refused").length === frames.length);
  expect(
    wire
      .said("refused")
      .map(({ code }) => code)
      .toSorted(),
  ).toEqual(frames.map(([code]) => code).toSorted());
  expect(wire.said("refused").every(({ document, step2 }) => document === name && step2 === undefined)).toBe(true);

  for (const [, bytes] of frames) wire.step2(name, bytes);
  await wire.until(() => wire.said("refused").length === 2 * frames.length);
  wire.update(name, saying(mallory, [say("honest after all")]));
  await wire.until(() => wire.said("committed").length === 1);
  expect(wire.ended).toBeUndefined();
  await hall.stillServes(name);
});

test("a message for another document does nothing to this one", async () => {
  const { mallory } = hall.world;
  const wire = await hall.wire(mallory);
  const other = (await hall.world.room()).live.name;
  await wire.attach(name);
  wire.update(other, saying(mallory, [say("not attached")]));
  wire.update(`${name}\0elsewhere`, saying(mallory, [say("in a session of its own")]));
  await wire.until(() => wire.said("committed").length === 1);
  expect(wire.said("committed")[0]?.document).toBe(name);
  wire.authenticate(other);
  await wire.until(() => wire.said("committed").length === 2);
});

test("an update that misses something is asked for once, however many follow", async () => {
  const { mallory } = hall.world;
  const wire = await hall.wire(mallory);
  await wire.attach(name);
  wire.step2(name, Uint8Array.of(0, 0));
  await roundTrip(wire);
  const asked = wire.all("step1").length;
  const client = freshClient();
  const gap = (clock: number) => forged(client, clock, any([say("gap")], { origin: { client, clock: clock - 1 } }));
  for (let clock = 1; clock <= 400; clock += 1) wire.update(name, gap(clock));
  wire.update(name, saying(mallory, [say("done")]));
  await wire.until(() => wire.said("committed").length === 1);
  expect(wire.all("step1").length - asked).toBe(1);

  wire.step2(name, Uint8Array.of(0, 0));
  wire.update(name, gap(1));
  await wire.until(() => wire.all("step1").length - asked === 2);
});

test("a state vector that is none ends that document's connection, and a long one is answered", async () => {
  const wire = await hall.wire(hall.world.mallory);
  await wire.attach(name);
  const many = Uint8Array.of(
    128 + 88,
    39,
    ...Array.from({ length: 5_080 }, (_, client) => [128 + (client % 128), 1 + ((client / 128) | 0), 5]).flat(),
  );
  wire.step1(name, many);
  await wire.until(() => wire.all("step2").length === 2);
  wire.step1(name, Uint8Array.of(255, 255, 255, 255, 15));
  await wire.until(() => wire.all("closed").length === 1);
  await wire.attach(name);
  wire.step1(name, new Uint8Array(100_000));
  await wire.until(() => wire.all("closed").length === 2);
  await hall.stillServes(name);
});
