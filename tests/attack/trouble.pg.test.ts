import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import type { MemberId } from "#shared/ids.ts";
import { createDatabase } from "#server/database/pool.ts";
import { say } from "#tests/support/people.ts";
import { testSync, type TestSync } from "#tests/support/sockets.ts";
import { until } from "#tests/support/until.ts";

import { openHall, type Hall } from "./support/hall.ts";
import { asking, openLine } from "./support/line.ts";
import { openWire, roundTrip, type Wire } from "./support/wire.ts";
import { saying } from "./support/world.ts";

let hall: Hall;
let node: TestSync;
let name: string;
/** While it holds, whatever the node asks its surroundings for throws. */
let isTrouble = false;
const ended = new Set<MemberId>();
const uncaught: unknown[] = [];
const catchAll = (error: unknown): void => void uncaught.push(error);
const wires: Wire[] = [];

function inTrouble(): void {
  if (isTrouble) throw new Error("the surroundings are away");
}

beforeAll(async () => {
  hall = await openHall();
  const { db, url } = hall.world.database;
  node = await testSync(db, url, {
    async findSession({ headers }) {
      inTrouble();
      const person = headers["x-person"] as MemberId;
      return ended.has(person) ? undefined : { handle: person, person };
    },
    async findToken() {
      inTrouble();
      return undefined;
    },
    committed: inTrouble,
  });
  process.on("unhandledRejection", catchAll).on("uncaughtException", catchAll);
});
afterAll(async () => {
  process.off("unhandledRejection", catchAll).off("uncaughtException", catchAll);
  await node.close();
  await hall.close();
});
beforeEach(async () => void (name = (await hall.world.room()).live.name));
afterEach(async () => {
  isTrouble = false;
  ended.clear();
  wires.splice(0).forEach((wire) => wire.end());
  await hall.clear();
  // A hook of Hocuspocus that throws where nobody expects it ends the process.
  expect(uncaught).toEqual([]);
});

async function wireTo(url: string, person: MemberId): Promise<Wire> {
  const wire = await openWire(url, person);
  wires.push(wire);
  return wire;
}

test("a server that cannot tell who comes says nothing, and is there again afterwards", async () => {
  isTrouble = true;
  for (const path of ["/collab", `/yjs/${encodeURIComponent(name)}?token=x`]) {
    const line = await openLine(node.url);
    line.write(
      asking(path, `x-person: ${hall.world.bob}`, ...(path === "/collab" ? [] : ["origin: https://page.example"])),
    );
    await until(line.isOver);
    expect(line.heard()).toBe("");
  }
  expect(node.failures.splice(0)).toHaveLength(2);
  isTrouble = false;
  await (await wireTo(node.url, hall.world.bob)).attach(name);
});

test("trouble is no refusal: the socket ends with a code after which clients come back", async () => {
  const wire = await wireTo(node.url, hall.world.bob);
  isTrouble = true;
  wire.authenticate(name);
  await wire.until(() => wire.ended !== undefined);
  expect(wire.ended?.code).toBe(1011);
  expect(wire.all("denied")).toEqual([]);
  expect(node.failures.splice(0).length).toBeGreaterThan(0);
});

test("whoever waits for a document that cannot be loaded now comes back, and not only the first of them", async () => {
  const { bob, alice, database } = hall.world;
  const room = await hall.world.room();
  await room.take(bob, saying(bob, [say("there is something to load")]));
  const waiting = [await wireTo(node.url, bob), await wireTo(node.url, alice)];
  await database.db.transaction().execute(async (trx) => {
    await sql`lock table journal in access exclusive mode`.execute(trx);
    waiting.forEach((wire) => wire.authenticate(room.live.name));
    await Promise.all(waiting.map((wire) => wire.until(() => wire.all("authenticated").length === 1)));
    const terminated = sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like '%journal%'`;
    while ((await terminated.execute(database.db)).rows.length === 0);
  });
  await Promise.all(waiting.map((wire) => wire.until(() => wire.ended?.code === 1011)));
  expect(waiting.flatMap((wire) => wire.all("denied"))).toEqual([]);
  expect(node.failures.splice(0)).toHaveLength(1);
  await (await wireTo(node.url, bob)).attach(room.live.name);
});

test("what is committed is answered as committed, whatever fails afterwards", async () => {
  const wire = await wireTo(node.url, hall.world.bob);
  await wire.attach(name);
  isTrouble = true;
  wire.update(name, saying(hall.world.bob, [say("durable all the same")]));
  await wire.until(() => wire.said("committed").length === 1 || wire.said("refused").length === 1);
  isTrouble = false;
  wire.update(name, saying(hall.world.bob, [say("and on")]));
  await wire.until(() => wire.all("update").length === 2);
  expect(node.failures.splice(0).length).toBeGreaterThan(0);
});

test("whoever is put out while nothing can be asked is put out as soon as it can", async () => {
  const { bob, alice } = hall.world;
  const [wire, other] = [await wireTo(node.url, bob), await wireTo(node.url, alice)];
  await Promise.all([wire.attach(name), other.attach(name)]);
  isTrouble = true;
  ended.add(bob);
  await hall.ring(bob);
  await until(() => node.failures.length > 0);
  isTrouble = false;
  await wire.until(() => wire.ended?.code === 4401);
  expect(other.ended).toBeUndefined();
  node.failures.splice(0);
});

test("without its database a node refuses for now, lets nobody in, and goes on", async () => {
  const { database, bob, mallory } = hall.world;
  const db = createDatabase(database.url, { size: 2 });
  const lonely = await testSync(db, database.url);
  const wire = await wireTo(lonely.url, bob);
  await wire.attach(name);
  await db.destroy();

  wire.update(name, saying(bob, [say("in vain")]));
  wire.step2(name, saying(bob, [say("in vain")]));
  await wire.until(() => wire.said("refused").length === 2);
  expect(wire.said("refused").map(({ code, retryAfter }) => [code, retryAfter])).toEqual([
    ["overload", 2_000],
    ["overload", 2_000],
  ]);
  wire.stateless(name, JSON.stringify({ type: "typing", on: true }));
  wire.step1(name);
  await wire.until(() => wire.all("step2").length === 2);
  const newcomer = await wireTo(lonely.url, mallory);
  newcomer.authenticate(name);
  await newcomer.until(() => newcomer.ended?.code === 1011);
  await hall.ring(bob, mallory);
  await roundTrip(wire);
  wire.close(name);
  await wire.until(() => wire.all("closed").length === 1);
  expect(wire.ended).toBeUndefined();
  await lonely.close();
});

test("nothing is applied, told to others or acknowledged before PostgreSQL has committed it", async () => {
  const { alice, bob, guest, database } = hall.world;
  const [writer, reader] = [await wireTo(node.url, bob), await wireTo(node.url, alice)];
  await Promise.all([writer.attach(name), reader.attach(name)]);
  await database.db.transaction().execute(async (trx) => {
    await sql`lock table journal in exclusive mode`.execute(trx);
    const isStuck = sql<{ stuck: boolean }>`
      select exists (select from pg_stat_activity where wait_event_type = 'Lock' and query like '%into journal%') as stuck`;
    writer.update(name, saying(bob, [say("not yet")]));
    while ((await isStuck.execute(database.db)).rows[0]?.stuck !== true);
    // Judged, written down, and waiting to be committed: whoever comes now is given nothing of it.
    const newcomer = await wireTo(node.url, guest);
    await newcomer.attach(name);
    expect(newcomer.all("step2")[0]?.bytes).toEqual(Uint8Array.of(0, 0));
    await Promise.all([roundTrip(writer), roundTrip(reader)]);
    expect([...writer.said("committed"), ...writer.all("other"), ...reader.all("update")]).toEqual([]);
  });
  await writer.until(() => writer.said("committed").length === 1);
  await reader.until(() => reader.all("update").length === 1);
});
