import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import type { MemberId } from "#shared/ids.ts";
import type { PeerSession } from "#server/sync/peer.ts";
import { openWire, type Wire } from "#tests/attack/support/wire.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { channel, community, person } from "#tests/support/people.ts";
import { channelDocument } from "#tests/support/scribe.ts";
import { testSync, type TestSync } from "#tests/support/sockets.ts";

let database: TestDatabase;
let node: TestSync;
let bob: MemberId;
let room: string;
/** What is found when Bob's session is asked for. */
let found: () => Promise<PeerSession | undefined>;
const open: Wire[] = [];

beforeAll(async () => {
  database = await testDatabase();
  node = await testSync(database.db, database.url, { findSession: () => found() });
});
afterAll(async () => {
  await node.close();
  await database.close();
});
beforeEach(async () => {
  bob = await person(database.db, "bob");
  room = channelDocument(await channel(database.db, await community(database.db, { [bob]: "member" })));
  found = async () => session();
});
afterEach(() => {
  open.splice(0).forEach((wire) => wire.end());
  expect(node.failures).toEqual([]);
});

const session = (until?: number): PeerSession => ({ handle: bob, person: bob, until });

async function sits(): Promise<Wire> {
  const wire = await openWire(node.url, bob);
  open.push(wire);
  return wire;
}

async function ends(): Promise<void> {
  found = async () => undefined;
  const change = { people: [], communities: [], channels: [], sessions: [bob] };
  await sql`select pg_notify('authority', ${JSON.stringify(change)})`.execute(database.db);
}

async function isSentAway(wire: Wire): Promise<void> {
  await wire.until(() => wire.ended !== undefined);
  expect(wire.ended).toEqual({ code: 4401, reason: "session-ended" });
}

test("a session that ends takes sockets along that have no document attached, or none any more", async () => {
  const [idle, done] = [await sits(), await sits()];
  await done.attach(room);
  done.close(room);
  await done.until(() => done.all("closed").length > 0);
  await ends();
  await Promise.all([idle, done].map(isSentAway));
});

test("a session that ends while its socket is being opened takes it along", async () => {
  const other = await sits();
  found = async () => {
    await ends();
    await isSentAway(other);
    return session();
  };
  await isSentAway(await sits());
});

test("a socket ends when the time of its session is over, unless that was prolonged", async () => {
  let asked = 0;
  found = async () => {
    asked += 1;
    return asked < 4 ? session(Date.now() + 300) : undefined;
  };
  const wire = await sits();
  const { asked: before } = { asked };
  await isSentAway(wire);
  expect(before).toBeLessThan(asked);
  expect(asked).toBe(4);
});

test("whoever sits at a socket is present, also with nothing attached, and for as long as they sit", async () => {
  const wires = [await sits(), await sits()];
  expect(node.sync.present()).toEqual({ sockets: 2, people: 1 });
  wires.forEach((wire) => wire.end());
  await expect.poll(() => node.sync.present()).toEqual({ sockets: 0, people: 0 });
});
