import { once } from "node:events";
import { setPriority } from "node:os";
import { setTimeout as pause } from "node:timers/promises";

import { WebSocket } from "ws";

import { authMessage, syncMessage } from "#tests/attack/support/wire.ts";

import type { Assault } from "./attacker.ts";
import { attacks } from "./attacks.ts";

/** Somebody hostile, in a process of their own: one socket, which is opened anew whenever it is closed. */
const MAX_BUFFERED = 256 * 1024;

// A real one brings processors of their own, and would not take ours.
setPriority(19);

let order = new AbortController();
let done: Promise<void> = Promise.resolve();

async function open({ url, seat }: Assault): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/collab`, {
    headers: { cookie: seat.cookie, origin: url },
    perMessageDeflate: false,
  });
  socket.on("error", () => undefined);
  await Promise.race([once(socket, "open"), once(socket, "close")]);
  if (socket.readyState === WebSocket.OPEN) {
    socket.send(authMessage(seat.document));
    socket.send(syncMessage(seat.document, 0, Uint8Array.of(0)));
  }
  return socket;
}

async function assail(assault: Assault, stop: AbortSignal): Promise<void> {
  const next = attacks[assault.attack](assault.seat);
  const told = { sent: 0, sockets: 0 };
  while (!stop.aborted) {
    const socket = await open(assault);
    told.sockets += 1;
    while (!stop.aborted && socket.readyState === WebSocket.OPEN) {
      // What the server does not read yet waits there: to add to it would be an attack on ourselves.
      if (socket.bufferedAmount < MAX_BUFFERED) told.sent += sendAll(socket, next());
      await (socket.bufferedAmount < MAX_BUFFERED ? new Promise(setImmediate) : pause(1));
    }
    socket.terminate();
  }
  process.send?.(told);
}

function sendAll(socket: WebSocket, messages: readonly Uint8Array[]): number {
  for (const bytes of messages) socket.send(bytes);
  return messages.length;
}

process.on("message", (message: Assault | "stop") => {
  if (message === "stop") return order.abort();
  order = new AbortController();
  const { signal } = order;
  done = done.then(() => assail(message, signal));
});
process.on("disconnect", () => process.exit());
