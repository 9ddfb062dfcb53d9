import { once } from "node:events";
import type { AddressInfo } from "node:net";

import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";

import { until } from "#tests/support/until.ts";

import { openInbox, type Hold } from "./inbox.ts";

let server: WebSocketServer;
let client: WebSocket;
let hold: Hold;
let taken: number[];
let took: (value: number) => void;

beforeEach(async () => {
  taken = [];
  took = () => undefined;
  server = new WebSocketServer({ port: 0, host: "127.0.0.1", allowSynchronousEvents: false });
  server.on("connection", (socket) => {
    hold = openInbox(socket, (bytes) => {
      taken.push(bytes.readUInt16BE());
      took(taken.length);
    });
  });
  await once(server, "listening");
  client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await once(client, "open");
});
afterEach(async () => {
  client.terminate();
  server.close();
  await once(server, "close");
});

const MANY = 1_000;
const all = Array.from({ length: MANY }, (_, index) => index);

/** In one piece, so that all of it is read before any of it is taken. */
function sendAll(): void {
  const word = (value: number): Buffer => {
    const bytes = Buffer.alloc(2);
    bytes.writeUInt16BE(value);
    return bytes;
  };
  all.forEach((value) => client.send(word(value)));
}

test("what was read before somebody was asked to wait waits too, and comes in its order", async () => {
  const over = Promise.withResolvers<void>();
  took = (count) => void (count === 3 && hold(over.promise));
  sendAll();
  await until(() => taken.length === 3, "the third");
  // As many turns as all of it would take.
  for (let turn = 0; turn < MANY; turn += 1) await new Promise(setImmediate);
  expect(taken).toEqual([0, 1, 2]);

  over.resolve();
  await until(() => taken.length === MANY, "the rest");
  expect(taken).toEqual(all);
});

test("nothing is taken until the last that is waited for is over, however it ends", async () => {
  const waits = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  took = (count) => void (count === 1 && waits.forEach(({ promise }) => hold(promise)));
  sendAll();
  await until(() => taken.length === 1, "the first");
  waits[0].reject(new Error("not this time"));
  for (let turn = 0; turn < MANY; turn += 1) await new Promise(setImmediate);
  expect(taken).toHaveLength(1);

  waits[1].resolve();
  await until(() => taken.length === MANY, "the rest");
});

test("each message has a turn of its own, also of what has waited", async () => {
  const over = Promise.withResolvers<void>();
  took = (count) => void (count === 1 && hold(over.promise));
  sendAll();
  await until(() => taken.length === 1, "the first");
  over.resolve();
  const counts: number[] = [];
  while (taken.length < MANY) {
    await new Promise(setImmediate);
    counts.push(taken.length);
  }
  expect(Math.max(...counts.map((count, index) => count - (counts[index - 1] ?? 1)))).toBe(1);
});
