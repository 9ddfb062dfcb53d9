import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";

import { logDocument } from "#shared/documents/names.ts";
import { homeOf, type MemberId } from "#shared/ids.ts";
import { join, person, say } from "#tests/support/people.ts";

import { openHall, type Hall } from "./support/hall.ts";
import { authMessage, message, roundTrip, TYPE, type Wire } from "./support/wire.ts";
import { saying, type Room } from "./support/world.ts";

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

const homeName = (member: MemberId): string => logDocument("user", homeOf(member), 1);

test("whatever is not the exact name of a document that one may read is answered alike, and makes nothing", async () => {
  const { mallory, bob, database } = hall.world;
  const secret = await hall.world.room({ private: true, inside: [bob] });
  const count = () => sql`select count(*) from document`.execute(database.db);
  const before = (await count()).rows;
  const id = room.id;
  const names = [
    secret.live.name,
    homeName(bob),
    `dm:${id}/1`,
    `user:${id}/1`,
    `channel:${mallory}/1`,
    `community:${id}`,
    `channel:${id}`,
    `channel:${id}/0`,
    `channel:${id}/01`,
    `channel:${id}/-1`,
    `channel:${id}/1e1`,
    `channel:${id}/1 `,
    ` channel:${id}/1`,
    `channel:${id}/\u0661`,
    `channel:${id}/9999999`,
    `channel:${id}//1`,
    `channel:${id}/1/../1`,
    `CHANNEL:${id}/1`,
    `channel:${id.toUpperCase()}/1`,
    `channel:%2e%2e/1`,
    `channel:${id}/1'; drop table document; --`,
    "channel:' or 1=1 --/1",
    "../../etc/passwd",
    "channel:../../x/1",
    "x",
    " ",
    ".",
    "\u202e",
    "\u{1f600}".repeat(100),
    "x".repeat(256),
    `${name}\u0301`,
    "community:*",
    "%",
    "channel:%/1",
  ];
  const wire = await hall.wire(mallory);
  for (const one of names) wire.authenticate(one);
  await wire.until(() => wire.all("denied").length === names.length);
  expect(new Set(wire.all("denied").map(({ text }) => text))).toEqual(new Set(["not-a-member"]));
  expect(wire.all("authenticated")).toEqual([]);
  expect(wire.ended).toBeUndefined();
  await wire.attach(name);
  expect((await count()).rows).toEqual(before);
  await hall.stillServes(name);
});

test("names that objects are born with, and names that are none, end their sender's socket at most", async () => {
  const born = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "__proto__\0x", ""];
  for (const one of [...born, `${name}\n`, "x".repeat(500_000)]) {
    const wire = await hall.wire(hall.world.mallory);
    wire.authenticate(one);
    wire.update(one, new Uint8Array(10));
    wire.close(one);
    await wire.until(() => wire.ended !== undefined || wire.all("denied").length > 0);
    expect(wire.all("authenticated")).toEqual([]);
  }
  await hall.stillServes(name);
});

test("a segment that is not there yet opens no door, now or when it comes", async () => {
  const wire = await hall.wire(hall.world.mallory);
  wire.authenticate(logDocument("channel", room.id, 2));
  await wire.until(() => wire.all("denied").length === 1);
  expect(wire.all("step1").length + wire.all("step2").length).toBe(0);
});

test("without a session, or from another page, there is no socket that hears anything", async () => {
  const opened = (headers: Readonly<Record<string, string>>): Promise<number> =>
    new Promise((resolve) => {
      const socket = new WebSocket(hall.sync.url, { headers });
      socket
        .on("unexpected-response", (_request, { statusCode = 0 }) => resolve(statusCode))
        .on("error", () => resolve(0));
      socket.on("open", () => {
        socket.send(authMessage(name));
        socket
          .on("message", (bytes: Buffer) => resolve(bytes.includes("signed-out") ? 401 : 200))
          .on("close", (code) => resolve(code));
      });
    });
  hall.sync.ended.add(hall.world.guest);
  expect(await opened({ origin: "https://evil.example", "x-person": hall.world.bob })).toBe(403);
  expect(await opened({ origin: "null" })).toBe(403);
  expect(await opened({ "x-person": hall.world.guest })).toBe(401);
  expect(await opened({})).toBe(401);
  hall.sync.ended.clear();
});

test("a socket whose session has ended attaches nothing more, even if nobody told it", async () => {
  const carol = await person(hall.world.database.db, "carol");
  await join(hall.world.database.db, hall.world.home, carol, "member");
  const idle = await hall.wire(carol);
  hall.sync.ended.add(carol);
  await hall.ring(carol);
  idle.authenticate(name);
  idle.step1(name);
  await idle.until(() => idle.ended !== undefined || idle.all("denied").length > 0);
  expect(idle.all("step2")).toEqual([]);
});

test("somebody who is thrown out while they come in does not stay", async () => {
  const { db } = hall.world.database;
  const carol = await person(db, "carol");
  await join(db, hall.world.home, carol, "member");
  const [inside, entering] = [await hall.wire(carol), await hall.wire(carol)];
  await inside.attach(name);
  const other = (await hall.world.room()).live.name;
  await db.transaction().execute(async (trx) => {
    await sql`lock table snapshot in access exclusive mode`.execute(trx);
    entering.authenticate(other);
    await entering.until(() => entering.all("authenticated").length === 1);
    await db.deleteFrom("membership").where("person_id", "=", carol).execute();
    await hall.ring(carol);
    await inside.until(() => inside.all("closed").length === 1);
  });
  await entering.until(() => entering.all("closed").length === 1);
  expect(entering.all("closed")[0]?.text).toBe("not-a-member");
});

test("what was asked before somebody was thrown out is not answered afterwards", async () => {
  const { db } = hall.world.database;
  const carol = await person(db, "carol");
  await join(db, hall.world.home, carol, "member");
  await room.take(hall.world.bob, saying(hall.world.bob, [say("among members")]));
  const wire = await hall.wire(carol);
  await wire.attach(name);
  const [read, more] = [31, 9];
  await db.transaction().execute(async (trx) => {
    await sql`select 1 from document where name = ${name} for update`.execute(trx);
    for (let sent = 0; sent < read; sent += 1) wire.update(name, saying(carol, [say("waits")]));
    await roundTrip(wire);
    for (let sent = 0; sent < more; sent += 1) wire.update(name, saying(carol, [say("waits")]));
    wire.step1(name);
    await db.deleteFrom("membership").where("person_id", "=", carol).execute();
    await hall.ring(carol);
    await wire.until(() => wire.all("closed").length === 1);
  });
  await wire.until(() => wire.said("refused").length >= read);
  await roundTrip(wire);
  const closedAt = wire.heard.findIndex(({ kind }) => kind === "closed");
  expect(wire.heard.slice(closedAt).filter(({ kind }) => kind === "step2" || kind === "update")).toEqual([]);
  expect(wire.said("committed")).toEqual([]);
  hall.sync.failures.splice(0);
});

test("a document is attached once to a socket, whatever sessions it names", async () => {
  const wire = await hall.wire(hall.world.mallory);
  for (let session = 0; session < 50; session += 1) wire.authenticate(`${name}\0${session}`);
  await wire.until(() => wire.all("closed").length === 49);
  await hall.stillServes(name);
  await wire.until(() => wire.all("update").length > 0);
  await roundTrip(wire);
  expect(wire.all("update")).toHaveLength(1);
});

test("hundreds of attaches and detaches leave nobody behind", async () => {
  const { mallory } = hall.world;
  const [wire, bystander] = [await hall.wire(mallory), await hall.wire(hall.world.bob)];
  await bystander.attach(name);
  for (let round = 0; round < 150; round += 1) {
    for (const one of [name, homeName(mallory)]) [authMessage(one), message(one, TYPE.close)].forEach(wire.send);
    await wire.until(() => wire.all("closed").length === 2 * (round + 1));
  }
  const before = wire.heard.length;
  await hall.stillServes(name);
  await bystander.until(() => bystander.said("presence").at(-1)?.some.includes(mallory) === false);
  expect(wire.heard.slice(before)).toEqual([]);
});

test("thousands of attaches and detaches in one breath leave nobody behind, and end with what was said last", async () => {
  const { db } = hall.world.database;
  const bystander = await hall.wire(hall.world.bob);
  await bystander.attach(name);
  const restless = await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const id = await person(db, `restless ${index}`);
      await join(db, hall.world.home, id, "member");
      return hall.wire(id);
    }),
  );
  const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
  const before = timers();
  for (const wire of restless)
    for (let round = 0; round < 55; round += 1) [authMessage(name), message(name, TYPE.close)].forEach(wire.send);
  for (const wire of restless) await wire.attach(name);
  await bystander.until(() => bystander.said("presence").at(-1)?.online === 21);
  bystander.update(name, saying(hall.world.bob, [say("are you all there?")]));
  await Promise.all(restless.map((wire) => wire.until(() => wire.all("update").length > 0)));
  restless.forEach((wire) => wire.end());
  await bystander.until(() => bystander.said("presence").at(-1)?.online === 1);
  expect(timers() - before).toBeLessThan(20);
  expect(bystander.ended).toBeUndefined();
  await hall.stillServes(name);
});

test("a document that everybody lets go and takes again at once stays one document for all", async () => {
  const { alice, bob, mallory, guest } = hall.world;
  const wires = await Promise.all([alice, bob, mallory, guest, alice, bob, mallory, guest].map(hall.wire));
  for (let round = 1; round <= 12; round += 1) {
    const doors = wires.map((wire, index) => ({ wire, waits: (round * index) % 3 }));
    await Promise.all(
      doors.map(async ({ wire, waits }) => {
        wire.authenticate(name);
        // Some are in before others come, some go before they are in.
        if (waits > 0) await wire.until(() => wire.all("authenticated").length >= round);
        if (waits > 1) await roundTrip(wire);
        wire.close(name);
        await wire.until(() => wire.all("closed").length >= round);
      }),
    );
  }
  await Promise.all(wires.map((wire) => wire.attach(name)));
  wires[1]?.update(name, saying(bob, [say("do you all hear me?")]));
  await Promise.all(wires.map((wire) => wire.until(() => wire.all("update").length > 0)));
  await hall.stillServes(name);
});

test("so many documents are attached by one person, and one more when one is let go", async () => {
  const { db } = hall.world.database;
  const carol = await person(db, "carol");
  await join(db, hall.world.home, carol, "member");
  const names = await Promise.all(Array.from({ length: 41 }, async () => (await hall.world.room()).live.name));
  const wires = await Promise.all(Array.from({ length: 10 }, () => hall.wire(carol)));
  wires.forEach((wire) => names.slice(0, 40).forEach(wire.authenticate));
  const isIn = (wire: Wire): boolean => new Set(wire.said("presence").map(({ document }) => document)).size === 40;
  for (const wire of wires) await wire.until(() => isIn(wire));
  const [first] = wires as [Wire];
  const last = names.at(-1) as string;
  first.authenticate(last);
  await first.until(() => first.all("closed").length === 1);
  expect(first.all("closed")[0]).toMatchObject({ address: last, text: "too many documents" });

  first.close(names[0] as string);
  await first.until(() => first.all("closed").length === 2);
  await first.attach(last);
  await hall.stillServes(last);
});

test("a channel that becomes private is not talked about to those outside", async () => {
  const { db } = hall.world.database;
  const { guest, alice } = hall.world;
  const wire = await hall.wire(guest);
  await wire.attach(homeName(guest));
  await hall.ring(guest);
  await wire.until(() => wire.said("authority").length === 1);
  await room.take(alice, saying(alice, [say("in the open")]));
  const speaker = await hall.wire(alice);
  await speaker.attach(name);
  speaker.update(name, saying(alice, [say("in the open")]));
  await wire.until(() => wire.said("activity").some(({ channel }) => channel === room.id));

  await db.updateTable("channel").set({ private: true }).where("id", "=", room.id).execute();
  await db.insertInto("participant").values({ channel_id: room.id, person_id: alice }).execute();
  const change = { people: [], communities: [hall.world.home], channels: [room.id], sessions: [] };
  await sql`select pg_notify('authority', ${JSON.stringify(change)})`.execute(db);
  speaker.update(name, saying(alice, [say("behind closed doors")]));
  await speaker.until(() => speaker.said("committed").length === 2);
  const open = (await hall.world.room()).live.name;
  const other = await hall.wire(alice);
  await other.attach(open);
  other.update(open, saying(alice, [say("in the open again")]));
  await hall.ring(guest);
  await wire.until(() => wire.said("authority").length === 2);
  other.update(open, saying(alice, [say("and again")]));
  await wire.until(() => wire.said("activity").some(({ channel }) => open.includes(channel)));
  expect(wire.said("activity").filter(({ channel }) => channel === room.id)).toHaveLength(1);
});

test("addresses that are none are refused before anything else is asked", async () => {
  const base = hall.sync.url.replace("/collab", "");
  const status = (path: string): Promise<number> =>
    new Promise((resolve) => {
      const socket = new WebSocket(base + path, { headers: { "x-person": hall.world.mallory } });
      socket
        .on("unexpected-response", (_request, { statusCode = 0 }) => resolve(statusCode))
        .on("error", () => resolve(0))
        .on("open", () => resolve(200));
    });
  for (const path of ["/", "/collab/", "/COLLAB", "//collab", "//", "/collab%00", "/api/v1/me", "/yjs"])
    expect(await status(path)).toBe(404);
});
