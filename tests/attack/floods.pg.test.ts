import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";

import { person, say } from "#tests/support/people.ts";
import { entriesIn, testNode } from "#tests/support/scribe.ts";
import { until } from "#tests/support/until.ts";

import { openHall, type Hall } from "./support/hall.ts";
import { roundTrip, type Wire } from "./support/wire.ts";
import { freshClient, saying, type Room } from "./support/world.ts";

let hall: Hall;
let room: Room;
let name: string;

beforeAll(async () => void (hall = await openHall()));
afterAll(() => hall.close());
beforeEach(async () => {
  room = await hall.world.room();
  name = room.live.name;
});
afterEach(() => hall.clear());

/** Somebody of whom nothing has been read yet. */
async function newcomer(): Promise<Wire> {
  const { db } = hall.world.database;
  const id = await person(db, "newcomer");
  await db.insertInto("membership").values({ community_id: hall.world.home, person_id: id, role: "member" }).execute();
  return hall.wire(id);
}

test("whoever sends a great deal is read in turn, and waits with it in their own memory", async () => {
  const flood = await newcomer();
  await flood.attach(name);
  const frame = new Uint8Array(60_000).fill(9);
  for (let sent = 0; sent < 600; sent += 1) flood.update(name, frame);
  await hall.stillServes(name);
  expect(flood.said("refused").length).toBeLessThan(300);
  expect(flood.socket.bufferedAmount).toBeGreaterThan(0);
});

test("nobody is read faster over more sockets or in more documents", async () => {
  const { db } = hall.world.database;
  const id = await person(db, "many-armed");
  await db.insertInto("membership").values({ community_id: hall.world.home, person_id: id, role: "member" }).execute();
  const names = await Promise.all(Array.from({ length: 8 }, async () => (await hall.world.room()).live.name));
  const wires = await Promise.all(names.map(() => hall.wire(id)));
  for (const [index, wire] of wires.entries()) await wire.attach(names[index] as string);
  for (const [index, wire] of wires.entries())
    for (let sent = 0; sent < 60; sent += 1) wire.update(names[index] as string, new Uint8Array(60_000).fill(9));
  await hall.stillServes(name);
  const answered = wires.reduce((sum, wire) => sum + wire.said("refused").length, 0);
  // Four mebibytes at once, and what each socket has read before it is told to wait.
  expect(answered).toBeLessThan(200);
});

test("thousands of tiny messages of every sort are read in turn too", async () => {
  const flood = await newcomer();
  await flood.attach(name);
  for (let sent = 0; sent < 20_000; sent += 1) {
    if (sent % 2 === 0) flood.update(name, Uint8Array.of(0));
    else flood.step1(name, Uint8Array.of(1, 5, 1));
  }
  const answers = () => flood.said("refused").length + flood.all("step2").length;
  await hall.stillServes(name);
  expect(answers()).toBeLessThan(8_000);
});

test("whoever comes and goes without end is let in as often as they pay for", async () => {
  const flood = await newcomer();
  await flood.attach(name);
  for (let time = 0; time < 3_000; time += 1) {
    flood.close(name);
    flood.authenticate(name);
    flood.step1(name);
  }
  await hall.stillServes(name);
  await hall.stillServes(name);
  expect(flood.all("authenticated").length).toBeGreaterThan(1);
  expect(flood.all("authenticated").length).toBeLessThan(300);
});

test("who asks the same document again and again pays for all of the answer", async () => {
  const values = Array.from({ length: 120 }, () => say("x".repeat(450)));
  await room.take(hall.world.alice, saying(hall.world.alice, values));
  const flood = await newcomer();
  await flood.attach(name);
  for (let asked = 0; asked < 2_000; asked += 1) flood.step1(name);
  await hall.stillServes(name);
  await hall.stillServes(name);
  expect(flood.all("step2").length).toBeGreaterThan(1);
  expect(flood.all("step2").length).toBeLessThan(60);
});

test("while frames wait for their commit nothing more is read", async () => {
  const flood = await newcomer();
  await flood.attach(name);
  let ponged = false;
  flood.socket.once("pong", () => void (ponged = true));
  await hall.world.database.db.transaction().execute(async (trx) => {
    await sql`select 1 from document where name = ${name} for update`.execute(trx);
    // So little that nobody would be slowed down for it.
    for (let sent = 0; sent < 80; sent += 1) flood.update(name, saying(hall.world.mallory, [say("x".repeat(7_000))]));
    flood.socket.ping();
    const bystander = await hall.wire(hall.world.bob);
    for (let round = 0; round < 10; round += 1) await bystander.attach((await hall.world.room()).live.name);
    expect(ponged).toBe(false);
  });
  await flood.until(() => flood.said("refused").length + flood.said("committed").length >= 80);
  await roundTrip(flood);
  expect(ponged).toBe(true);
});

test("whoever does not read is let go, and nobody waits for them", async () => {
  const { bob, alice } = hall.world;
  const values = () => Array.from({ length: 120 }, () => say("x".repeat(450)));
  // As much as one segment takes.
  for (const writer of [bob, alice])
    for (let frame = 0; frame < 4; frame += 1)
      expect(await room.take(writer, saying(writer, values()))).toMatchObject({ kind: "committed" });

  const bystander = await hall.wire(bob);
  await bystander.attach(name);
  const deaf = await newcomer();
  await deaf.attach(name);
  await bystander.until(() => bystander.said("presence").at(-1)?.online === 2);
  deaf.socket.pause();
  for (let asked = 0; asked < 120; asked += 1) {
    deaf.close(name);
    deaf.authenticate(name);
    deaf.step1(name);
  }
  await bystander.until(() => bystander.said("presence").at(-1)?.online === 1);
  deaf.socket.resume();
  await deaf.until(() => deaf.ended !== undefined);
  await hall.stillServes(name);
});

test("one person has so many sockets and no more, and gets one back when one is closed", async () => {
  const crowd = await Promise.all(Array.from({ length: 80 }, () => hall.wire(hall.world.guest)));
  const open = () => crowd.filter(({ ended }) => ended === undefined);
  await until(() => open().length === 64);
  await Promise.all(open().map(roundTrip));
  expect(open()).toHaveLength(64);
  expect(crowd.find(({ ended }) => ended !== undefined)?.ended?.code).toBe(1013);

  open()[0]?.socket.close();
  await until(() => open().length === 63);
  const again = await hall.wire(hall.world.guest);
  await again.attach(name);
});

test("only so many sockets wait for somebody to say who they are, and whoever is known does not mind", async () => {
  const crowd = Array.from({ length: 280 }, () => new WebSocket(hall.sync.url));
  const codes: number[] = [];
  crowd.forEach((socket) => socket.on("close", (code) => codes.push(code)));
  await until(() => codes.length === 280 - 256);
  expect(new Set(codes)).toEqual(new Set([1013]));
  await hall.stillServes(name);
  crowd.forEach((socket) => socket.terminate());
  await until(() => codes.length === 280);
});

test("many documents at once are attached, all of them", async () => {
  const rooms = await Promise.all(Array.from({ length: 120 }, async () => (await hall.world.room()).live.name));
  const wire = await newcomer();
  await Promise.all(rooms.map((one) => wire.attach(one)));
  await wire.until(() => rooms.every((one) => wire.all("step2").some(({ address }) => address === one)));
  wire.close(rooms[0] as string);
  await wire.until(() => wire.all("closed").length === 1);
  await hall.stillServes(rooms[0] as string);
});

test("two nodes stormed with the same ids, in every order, keep each once", async () => {
  const { bob, database } = hall.world;
  const elsewhere = testNode(database.db);
  const there = await elsewhere.open(name);
  const entries = Array.from({ length: 40 }, (_, index) => say(String(index)));
  const storm = (index: number): Uint8Array =>
    saying(bob, index % 2 === 0 ? entries : entries.toReversed(), freshClient());
  const outcomes = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      index % 2 === 0 ? room.take(bob, storm(index)) : elsewhere.take(there, bob, storm(index)),
    ),
  );
  expect(outcomes.map(({ kind }) => kind)).toEqual(outcomes.map(() => "committed"));
  expect(elsewhere.failures).toEqual([]);
  await room.take(hall.world.alice, saying(hall.world.alice, [say("the last word")]));
  expect(entriesIn(room.live.doc, bob)).toHaveLength(40);
});
