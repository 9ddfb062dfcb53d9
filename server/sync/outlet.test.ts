import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { afterEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";

import { openOutlet, send } from "./outlet.ts";

const server = createServer();
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
let writes = 0;
const opened: WebSocket[] = [];

server.on("upgrade", (request, stream, head) => {
  const write = stream._writev?.bind(stream);
  stream._writev = (chunks, done) => {
    writes += 1;
    write?.(chunks, done);
  };
  sockets.handleUpgrade(request, stream, head, (socket) => {
    openOutlet(socket, stream);
    opened.push(socket);
  });
});

/** Somebody who listens, and the server's end of their socket. */
async function listener() {
  if (!server.listening) await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const heard: Uint8Array[] = [];
  client.on("message", (bytes: Buffer) => heard.push(new Uint8Array(bytes)));
  await new Promise((resolve) => client.once("open", resolve));
  const until = (count: number): Promise<void> =>
    new Promise((resolve) => {
      const check = (): unknown => heard.length >= count && resolve();
      client.on("message", check);
      check();
    });
  return { client, socket: opened.at(-1) as WebSocket, heard, until };
}

afterEach(async () => {
  opened.splice(0).forEach((socket) => socket.terminate());
  await new Promise((closed) => server.close(closed));
});

test("a message of any length arrives whole and in its place, between what the socket says by itself", async () => {
  const { client, socket, heard, until } = await listener();
  const messages = [0, 1, 125, 126, 127, 2 ** 16 - 1, 2 ** 16, 300_000].map((length) =>
    new Uint8Array(length).fill(length),
  );
  const pings: number[] = [];
  client.on("ping", () => pings.push(heard.length));
  for (const message of messages) {
    send(socket, message);
    socket.ping();
  }
  await until(messages.length);
  expect(heard).toEqual(messages);
  expect(pings.length).toBeGreaterThanOrEqual(messages.length - 1);
});

test("what is said to one socket in one breath is written in one go", async () => {
  const { socket, until } = await listener();
  writes = 0;
  for (let index = 0; index < 50; index += 1) send(socket, Uint8Array.of(index));
  await until(50);
  expect(writes).toBe(1);
});

test("whoever is spoken to beside two hundred others hears it too, and nobody hears anything after the end", async () => {
  const crowd = await Promise.all(Array.from({ length: 200 }, listener));
  const said = Uint8Array.of(1, 2, 3);
  crowd[0]?.socket.close(1000, "gone");
  opened.forEach((socket) => send(socket, said));
  await Promise.all(crowd.slice(1).map(({ until }) => until(1)));
  expect(crowd.slice(1).map(({ heard }) => heard)).toEqual(crowd.slice(1).map(() => [said]));
  expect(crowd[0]?.heard).toEqual([]);
});
