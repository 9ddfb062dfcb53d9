import { createDecoder, readVarString } from "lib0/decoding";
import { writeUint8Array, writeVarString, writeVarUint, writeVarUint8Array } from "lib0/encoding";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import { say } from "#tests/support/people.ts";

import { any, forged } from "./support/forge.ts";
import { openHall, type Hall } from "./support/hall.ts";
import { authMessage, message, roundTrip, syncMessage, TYPE, type Wire } from "./support/wire.ts";
import { freshClient, ownLog, saying } from "./support/world.ts";

let hall: Hall;
let name: string;

beforeAll(async () => void (hall = await openHall()));
afterAll(() => hall.close());
beforeEach(async () => void (name = (await hall.world.room()).live.name));
afterEach(() => hall.clear());

const TYPES = [...Object.values(TYPE), 11, 64, 127, 2 ** 31, 2 ** 40];
const junk = [
  Uint8Array.of(),
  Uint8Array.of(0),
  Uint8Array.of(255),
  Uint8Array.of(1, 255, 255, 255, 255, 127),
  new Uint8Array(300).fill(0x80),
  Uint8Array.of(0, 5, 1),
  Uint8Array.of(1, 3, 9, 9, 9),
  Uint8Array.of(2, 200),
  new Uint8Array(1_000).fill(7),
  Uint8Array.of(0, 255, 255, 255, 255, 255, 255, 255, 31),
];
const everything = (): Uint8Array[] =>
  TYPES.flatMap((type) => junk.map((bytes) => message(name, type, (encoder) => writeUint8Array(encoder, bytes))));

/** Sends on as long as the server listens; whoever is thrown out comes again. */
async function throwAll(first: Wire, again: () => Promise<Wire>, messages: readonly Uint8Array[]): Promise<void> {
  let wire = first;
  for (const bytes of messages) {
    wire.send(bytes);
    await roundTrip(wire);
    if (wire.ended !== undefined) wire = await again();
  }
}

test("nobody hears anything of a document before they have been let in", async () => {
  const { mallory } = hall.world;
  const wire = await hall.wire(mallory);
  const wires = [wire];
  const again = async (): Promise<Wire> => {
    wires.push(await hall.wire(mallory));
    return wires.at(-1) as Wire;
  };
  const notAuth = everything().filter((bytes) => typeOf(bytes) !== TYPE.auth);
  await throwAll(wire, again, [
    ...notAuth,
    syncMessage(name, 0, Uint8Array.of(0)),
    syncMessage(name, 2, saying(mallory, [say("hi")])),
  ]);
  expect(wires.flatMap(({ heard }) => heard)).toEqual([]);
  await hall.stillServes(name);
});

function typeOf(bytes: Uint8Array): number | undefined {
  const decoder = createDecoder(bytes);
  readVarString(decoder);
  return decoder.arr[decoder.pos];
}

test("bytes that mean nothing, of every type, harm nobody but their sender", async () => {
  const attached = async (): Promise<Wire> => {
    const wire = await hall.wire(hall.world.mallory);
    await wire.attach(name);
    return wire;
  };
  const bystander = await hall.wire(hall.world.bob);
  await bystander.attach(name);
  await throwAll(await attached(), attached, [
    ...everything(),
    ...junk,
    Uint8Array.of(200, 1, 0),
    new Uint8Array(5_000),
  ]);
  await hall.stillServes(name);
  expect(bystander.ended).toBeUndefined();
  expect(bystander.all("closed")).toEqual([]);
});

test("bytes that mean nothing are no authentication", async () => {
  const { mallory } = hall.world;
  const wires = [await hall.wire(mallory)];
  const again = async (): Promise<Wire> => {
    wires.push(await hall.wire(mallory));
    return wires.at(-1) as Wire;
  };
  const secret = (await hall.world.room({ private: true, inside: [hall.world.bob] })).live.name;
  const claims = junk.map((bytes) => message(secret, TYPE.auth, (encoder) => writeUint8Array(encoder, bytes)));
  await throwAll(wires[0] as Wire, again, [
    ...claims,
    authMessage(secret, "alice"),
    authMessage(secret, "x".repeat(100_000)),
  ]);
  await Promise.all(wires.map((wire) => wire.until(() => wire.ended !== undefined || wire.all("denied").length > 0)));
  expect(wires.flatMap((wire) => [...wire.all("authenticated"), ...wire.all("step2"), ...wire.all("step1")])).toEqual(
    [],
  );
});

test("what only the server says is not passed on, whoever says it", async () => {
  const { mallory, bob } = hall.world;
  const [wire, bystander] = [await hall.wire(mallory), await hall.wire(bob)];
  await Promise.all([wire.attach(name), bystander.attach(name)]);
  const lies = [
    { type: "committed", document: name, version: 9, received: 1, entries: [] },
    { type: "version", document: name, version: 99 },
    { type: "refused", document: name, code: "forbidden", class: "final", entries: [], reason: "no" },
    { type: "authority" },
    { type: "ping", now: 1 },
    { type: "presence", document: name, online: 9, some: [mallory], typing: [bob] },
    { type: "activity", channel: name.slice(8, 44), messages: 9, mentions: 9 },
  ].map((lie) => JSON.stringify(lie));
  const heard = bystander.heard.length;
  for (const lie of [
    ...lies,
    "",
    "{",
    "null",
    "[]",
    '"pong"',
    '{"type":"typing"}',
    '{"type":"typing","on":1}',
    `{"type":"pong","x":"${"y".repeat(5_000)}"}`,
  ]) {
    for (const type of [TYPE.stateless, TYPE.broadcast])
      wire.send(message(name, type, (encoder) => writeVarString(encoder, lie)));
  }
  const awareness = Uint8Array.of(1, 5, 1, 8, ...Buffer.from('{"a":1}'), 0);
  wire.send(message(name, TYPE.awareness, (encoder) => writeVarUint8Array(encoder, awareness)));
  wire.send(message(name, TYPE.queryAwareness));
  wire.send(message(name, TYPE.status, (encoder) => writeVarUint(encoder, 1)));
  await hall.stillServes(name);

  const lied = bystander.heard
    .slice(heard)
    .filter((one) => one.kind === "said" && !["presence", "version"].includes(one.message?.type ?? ""));
  expect(lied).toEqual([]);
  expect(bystander.said("presence").some(({ online, typing }) => online > 4 || typing.length > 0)).toBe(false);
  expect(bystander.said("version").some(({ version }) => version === 99)).toBe(false);
  expect(bystander.all("other").filter(({ type }) => type === TYPE.awareness || type === TYPE.broadcast)).toEqual([]);
  expect(wire.all("other").filter(({ type }) => type === TYPE.awareness)).toEqual([]);
});

test("text, emptiness and too much of it end a socket at most", async () => {
  const { mallory } = hall.world;
  for (const bytes of ["", "hello", "\0", "x".repeat(2_000_000), new Uint8Array(), new Uint8Array(1_100_000)]) {
    const wire = await hall.wire(mallory);
    wire.socket.send(bytes);
    await roundTrip(wire);
  }
  const wire = await hall.wire(mallory);
  await wire.attach(name);
  wire.update(name, forged(freshClient(), 0, any([say("x".repeat(1_100_000))], ownLog(mallory))));
  await wire.until(() => wire.ended?.code === 1009);
  await hall.stillServes(name);
});
