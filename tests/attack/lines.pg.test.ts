import { writeVarUint8Array } from "lib0/encoding";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { person, join, say } from "#tests/support/people.ts";
import { entriesIn, reloaded } from "#tests/support/scribe.ts";
import { until } from "#tests/support/until.ts";

import { openHall, type Hall } from "./support/hall.ts";
import { asking, BROKEN, frame, openLine, PING, type Line } from "./support/line.ts";
import { authMessage, message, syncMessage, TYPE } from "./support/wire.ts";
import { saying } from "./support/world.ts";

let hall: Hall;
let name: string;
const lines: Line[] = [];

beforeAll(async () => void (hall = await openHall()));
afterAll(() => hall.close());
beforeEach(async () => void (name = (await hall.world.room()).live.name));
afterEach(async () => {
  lines.splice(0).forEach((line) => line.end());
  await hall.clear();
});

async function line(): Promise<Line> {
  const opened = await openLine(hall.sync.url);
  lines.push(opened);
  return opened;
}

test("broken frames on sockets that were turned away end those sockets alone", async () => {
  const { guest } = hall.world;
  const crowds = [
    { path: "/collab", more: [`x-person: ${guest}`], count: 70 },
    { path: "/collab", more: [], count: 262 },
    { path: "/yjs/nothing?token=nonsense", more: [], count: 3 },
  ];
  for (const { path, more, count } of crowds) {
    const crowd = await Promise.all(Array.from({ length: count }, line));
    crowd.forEach((one) => one.write(asking(path, ...more)));
    await until(() => crowd.every((one) => one.heard().includes("101 Switching")));
    crowd.forEach((one) => one.write(BROKEN));
    await until(() => crowd.every((one) => one.isOver()));
  }
  await hall.stillServes(name);
});

test("what comes after a session has ended is not taken, though the socket does not close", async () => {
  const { db } = hall.world.database;
  const carol = await person(db, "carol");
  await join(db, hall.world.home, carol, "member");
  const deaf = await line();
  deaf.write(asking("/collab", `x-person: ${carol}`));
  deaf.write(frame(authMessage(name)));
  deaf.write(frame(syncMessage(name, 2, saying(carol, [say("while it was mine")]))));
  await until(() => deaf.heard().includes('"committed"'));

  hall.sync.ended.add(carol);
  await hall.ring(carol);
  await until(() => deaf.heard().includes("session-ended"));
  deaf.write(frame(syncMessage(name, 2, saying(carol, [say("after it had ended")]))));
  deaf.write(frame(authMessage(name)));
  for (let round = 0; round < 3; round += 1) await hall.stillServes(name);
  expect(entriesIn(await reloaded(db, name), carol)).toHaveLength(1);
  hall.sync.ended.clear();
});

test("what nobody understands is read in turn too: awareness, pings, and whatever has no meaning", async () => {
  const { db } = hall.world.database;
  for (const nonsense of [
    frame(message(name, TYPE.awareness, (encoder) => writeVarUint8Array(encoder, new Uint8Array(40)))),
    frame(message(name, 77)),
    frame(new Uint8Array(), PING),
    frame(Uint8Array.of(10)),
  ]) {
    const flood = await line();
    const newcomer = await person(db, "newcomer");
    await join(db, hall.world.home, newcomer, "member");
    flood.write(asking("/collab", `x-person: ${newcomer}`));
    flood.write(frame(authMessage(name)));
    await until(() => flood.heard().includes('"presence"'));
    flood.write(Buffer.concat(Array.from({ length: 12_000 }, () => nonsense)));
    flood.write(frame(syncMessage(name, 2, saying(newcomer, [say("at the end of the queue")]))));
    await hall.stillServes(name);
    expect(flood.heard()).not.toContain('"committed"');
  }
});

test("a name costs nobody more than a name, and writes nothing into the log", async () => {
  const written = ["warn", "error", "log"].map((level) => vi.spyOn(console, level as "warn").mockReturnValue());
  const wire = await hall.wire(hall.world.mallory);
  wire.authenticate(`${name}\0${"x".repeat(100_000)}`);
  await wire.until(() => wire.ended !== undefined);
  expect(wire.heard).toEqual([]);

  for (const one of ["x".repeat(200_000), "forged\n2026-11-28 error: all is lost"]) {
    const talker = await hall.wire(hall.world.mallory);
    for (let sent = 0; sent < 1_100; sent += 1) talker.step1(one.slice(0, 1_000));
    await talker.until(() => talker.ended !== undefined);
  }
  expect(written.flatMap(({ mock }) => mock.calls.flat()).join("").length).toBeLessThan(2_000);
  expect(written.flatMap(({ mock }) => mock.calls.flat()).join("")).not.toContain("all is lost");
  written.forEach((spy) => spy.mockRestore());
  await hall.stillServes(name);
});

test("doors that do not open leave nothing behind", async () => {
  const wire = await hall.wire(hall.world.mallory);
  const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
  await wire.attach(name);
  const before = timers();
  for (let segment = 2; segment < 102; segment += 1) wire.authenticate(name.replace(/1$/, String(segment)));
  await wire.until(() => wire.all("denied").length === 100);
  expect(timers() - before).toBeLessThan(20);
  await hall.stillServes(name);
});

test("very many headers, very long ones and frames behind a refused request reach nobody", async () => {
  const many = await line();
  many.write(asking("/collab", ...Array.from({ length: 3_000 }, (_, index) => `x-${index}: 1`)));
  await until(() => many.isOver());
  expect(many.heard()).toMatch(/^HTTP\/1.1 431/);

  const stranger = await line();
  const more = [`x-person: ${hall.world.bob}`, "origin: https://evil.example", "origin: null", "content-length: 400"];
  stranger.write(asking("/collab", ...more));
  stranger.write(asking("/collab", `x-person: ${hall.world.bob}`));
  stranger.write(frame(authMessage(name)));
  await until(() => stranger.isOver());
  expect(stranger.heard()).toBe("HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
  await hall.stillServes(name);
});

test("who says goodbye to a document that was taken from them may come back to it, on the same socket", async () => {
  const { db } = hall.world.database;
  const carol = await person(db, "carol");
  await join(db, hall.world.home, carol, "member");
  const wire = await hall.wire(carol);
  await wire.attach(name);
  await db.deleteFrom("membership").where("person_id", "=", carol).execute();
  await hall.ring(carol);
  await wire.until(() => wire.all("closed").length === 1);
  wire.close(name);

  await join(db, hall.world.home, carol, "member");
  await wire.attach(name);
  wire.update(name, saying(carol, [say("back again")]));
  await wire.until(() => wire.said("committed").length === 1);
  expect(wire.all("closed")).toHaveLength(1);
});

test("an upgrade to anything else than a socket is answered and closed, whatever the client does then", async () => {
  const asks = [
    ["/collab", "h2c", 426],
    ["/yjs/nothing", "h2c", 426],
    ["/", "h2c", 404],
    ["/", "websocket", 404],
    ["/collab", "websocket, h2c", 426],
  ] as const;
  for (const [path, upgrade, status] of asks) {
    const one = await line();
    // It neither closes nor stops writing.
    one.write(asking(path, `x-person: ${hall.world.bob}`).replace("upgrade: websocket", `upgrade: ${upgrade}`));
    one.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    await until(() => one.heard().includes("\r\n\r\n"));
    expect(one.heard()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    await until(() => one.isOver());
  }
  await hall.stillServes(name);
});

const PATIENTLY = { timeout: 10_000 };

test("sockets that are being turned away, and whose clients never answer, do not pile up", async () => {
  const connections = (): Promise<number> => hall.sync.connections();
  const before = await connections();
  for (const ask of [
    asking("/yjs/nothing?token=nonsense"),
    asking("/collab", `x-person: ${hall.world.guest}`),
    asking("/collab"),
    asking("/collab", "origin: https://evil.example"),
    asking("/nowhere"),
  ]) {
    const crowd = await Promise.all(Array.from({ length: 400 }, line));
    crowd.forEach((one) => one.write(ask));
    // Some have a seat, and some may stand for a while; of all the others hardly any are left.
    await until(() => crowd.every((one) => one.heard().includes("\r\n\r\n")));
    await expect.poll(connections, PATIENTLY).toBeLessThan(before + 64 + 256 + 10);
    crowd.forEach((one) => one.end());
    await expect.poll(connections, PATIENTLY).toBeLessThanOrEqual(before);
  }
  await hall.stillServes(name);
});
