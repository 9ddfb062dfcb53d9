import { createEncoder, toUint8Array, writeVarString, writeVarUint, writeVarUint8Array } from "lib0/encoding";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { Doc, encodeStateVector } from "yjs";

import type { ChannelId, MemberId } from "#shared/ids.ts";
import { makeAccessToken } from "#server/auth/access-tokens.ts";
import { valueOf } from "#tests/support/api.ts";
import { findWrongs } from "#tests/support/checker.ts";
import { findMisprojected } from "#tests/support/projections-checker.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { channel, community, person, say } from "#tests/support/people.ts";
import { append, channelDocument, entriesIn } from "#tests/support/scribe.ts";
import { INCARNATION, testSync, type TestSync } from "#tests/support/sockets.ts";
import { until } from "#tests/support/until.ts";

import { endClients, hocuspocusClient, rawSocket, yjsClient, type RawSocket } from "./support/clients.ts";

const BEAT = 40;

let database: TestDatabase;
let node: TestSync;
let url: string;
let alice: MemberId;
let bob: MemberId;
let room: ChannelId;
let token: string;
const raw: RawSocket[] = [];

beforeAll(async () => {
  database = await testDatabase();
  node = await testSync(database.db, database.url, { rhythm: { beat: BEAT, patience: 400, silence: 60_000 } });
  url = new URL(node.url).origin;
  [alice, bob] = (await Promise.all(["alice", "bob"].map((name) => person(database.db, name)))) as [MemberId, MemberId];
  token = valueOf(await makeAccessToken(database.db, bob, INCARNATION, { name: "Bot" })).token;
});
afterAll(async () => {
  expect(await findWrongs(database.db)).toEqual([]);
  expect(await findMisprojected(database.db)).toEqual([]);
  await node.close();
  await database.close();
});
beforeEach(async () => {
  room = await channel(database.db, await community(database.db, { [alice]: "moderator", [bob]: "member" }));
});
afterEach(() => {
  endClients();
  raw.splice(0).forEach((socket) => socket.end());
  expect(node.failures).toEqual([]);
});

async function dial(path: string): Promise<RawSocket> {
  const socket = await rawSocket(`${url}${path}`);
  raw.push(socket);
  return socket;
}
const bridge = (document: string): Promise<RawSocket> =>
  dial(`/yjs/${encodeURIComponent(document)}?token=${encodeURIComponent(token)}`);

type Part = number | string | Uint8Array;

function message(...parts: readonly Part[]): Uint8Array {
  const encoder = createEncoder();
  for (const part of parts) {
    if (typeof part === "number") writeVarUint(encoder, part);
    else if (typeof part === "string") writeVarString(encoder, part);
    else writeVarUint8Array(encoder, part);
  }
  return toUint8Array(encoder);
}

/** Every type of message, cut short, overrun, of another protocol or too much. */
const JUNK: readonly Uint8Array[] = [
  new Uint8Array(),
  ...Array.from({ length: 12 }, (_, type) => Uint8Array.of(type)),
  ...Array.from({ length: 12 }, (_, type) => Uint8Array.of(type, 0xff, 0xff, 0xff, 0xff, 0x0f)),
  new Uint8Array(300).fill(0xff),
  new Uint8Array(300).fill(0x80),
  message(0, 3, Uint8Array.of(1)),
  message(0, 99, "x"),
  message(2, 0, "somebody else's token"),
  message(2, 1, "denied"),
  message(4, 2, new Uint8Array(10)),
  message(5, JSON.stringify({ type: "committed", document: "x", version: 1, received: 1, entries: [] })),
  message(5, "{"),
  message(6, JSON.stringify({ type: "ping", now: 1 })),
  message(7, "provider_initiated"),
  message(1, new Uint8Array(100_000)),
];

/** Somebody honest, whom nothing of it may touch. */
async function bystander() {
  const client = yjsClient(url, token, channelDocument(room));
  await until(client.isSynced);
  return client;
}

test("junk through the bridge, before and after the document is there, harms nobody and leaves the line usable", async () => {
  const honest = await bystander();
  const early = await bridge(channelDocument(room));
  JUNK.forEach((bytes) => early.send(bytes));
  const doc = new Doc();
  early.send(message(0, 0, encodeStateVector(doc)));
  await until(() => early.heard.some((bytes) => bytes[0] === 0));
  JUNK.forEach((bytes) => early.send(bytes));
  const entry = say("after all");
  early.send(message(0, 2, append(doc, bob, entry)));

  await until(() => entriesIn(honest.doc, bob).length === 1);
  expect([...early.closed, ...honest.closed]).toEqual([]);
});

test("an update that is none is refused through the bridge as it is elsewhere", async () => {
  for (const bytes of [Uint8Array.of(9, 9, 9), new Uint8Array(200).fill(0xff), Uint8Array.of(1, 1, 1, 0, 200, 0, 0)]) {
    const socket = await bridge(channelDocument(room));
    socket.send(message(0, 2, bytes));
    await until(() => socket.closed.length > 0);
    expect(socket.closed).toEqual(["4403 malformed"]);
    expect(socket.heard.at(-1)).toEqual(message(2, 0, "malformed"));
  }
});

test("a state vector that is none ends the line", async () => {
  const socket = await bridge(channelDocument(room));
  socket.send(message(0, 0, new Uint8Array(40).fill(0xff)));
  await until(() => socket.closed.length > 0);
  expect(socket.closed).toEqual(["4400 too many or unreadable requests"]);
});

test("addresses that are none are answered with a status", async () => {
  const statuses = { "/yjs/%E0%A4%A": "400", "/yjs": "404", "/other": "404", "//[": "404", "/collab/": "404" };
  for (const [path, status] of Object.entries(statuses))
    await expect(rawSocket(`${url}${path}`)).rejects.toThrow(status);
});

test("junk on the other socket, with and without a token, harms nobody and does not fill the log", async () => {
  const written = vi.spyOn(console, "error").mockReturnValue();
  const honest = await bystander();
  for (const bytes of JUNK) {
    const stranger = await dial("/collab");
    stranger.send(bytes);
    stranger.send(message(channelDocument(room), 0, 0, encodeStateVector(new Doc())));
    const known = await dial("/collab");
    known.send(message(channelDocument(room), 2, 0, token));
    known.send(Buffer.concat([message(channelDocument(room)), bytes]));
    known.send(bytes);
    await Promise.all([stranger.echoed(), known.echoed()]);
  }
  expect(written).not.toHaveBeenCalled();
  written.mockRestore();
  append(honest.doc, bob, say("still here"));
  const other = yjsClient(url, token, channelDocument(room));
  await until(() => entriesIn(other.doc, bob).length === 1);
  expect(honest.closed).toEqual([]);
});

test("a socket that shows no token, or a wrong one, is closed after a while, and nothing is told before", async () => {
  const silent = await dial("/collab");
  const wrong = await dial("/collab");
  wrong.send(message(channelDocument(room), 2, 0, "nonsense"));
  wrong.send(message(channelDocument(room), 0, 0, encodeStateVector(new Doc())));
  wrong.send(message(channelDocument(room), 2, 0, token));
  await until(() => silent.closed.length + wrong.closed.length === 2);
  expect([...silent.closed, ...wrong.closed]).toEqual(["4401 signed-out", "4401 signed-out"]);
  const told = wrong.heard.filter((bytes) => bytes.length > 1);
  expect(told.every((bytes) => Buffer.from(bytes).includes("signed-out"))).toBe(true);
});

test("a socket that talks much before it is known is closed", async () => {
  const socket = await dial("/collab");
  for (let time = 0; time < 3; time += 1) socket.send(message("x", 0, 2, new Uint8Array(400_000)));
  await until(() => socket.closed.length > 0);
});

test("whoever listens in silence hears something often enough not to believe that the line is dead", async () => {
  const [bridged, direct] = [
    yjsClient(url, token, channelDocument(room)),
    hocuspocusClient(url, token, channelDocument(room)),
  ];
  await until(() => bridged.isSynced() && direct.isSynced());
  const heard = { bridged: 0, direct: 0 };
  bridged.provider.ws?.addEventListener("message", () => (heard.bridged += 1));
  direct.provider.configuration.websocketProvider.on("message", () => (heard.direct += 1));
  await until(() => heard.bridged > 5 && heard.direct > 5);
  expect([...bridged.closed, ...direct.closed]).toEqual([]);
});
