import type { WebSocket } from "ws";

import { send } from "./outlet.ts";

/** A reader that falls this far behind is cut off; it catches up when it comes back. */
const MAX_BUFFERED = 8 * 1024 * 1024;

/** Sends, but gives up on readers who do not read. */
export function sendBounded(socket: WebSocket, bytes: Uint8Array): void {
  if (socket.bufferedAmount > MAX_BUFFERED) socket.terminate();
  else send(socket, bytes);
}

/** What it takes to look at something empty: a message, or a struct. */
export const LOOK = 64;

/** What a message costs that somebody has sent, whatever becomes of it, in the coin of `Pace`. */
export const costOf = (bytes: Buffer): number => bytes.length + LOOK;

/** What it costs to open a socket. */
export const OPENING = 8 * 1024;

/** Tells what everything costs that a socket sends beside its messages. */
export function payingForPings(socket: WebSocket, pay: (cost: number) => void): void {
  for (const event of ["ping", "pong"]) socket.on(event, (bytes: Buffer) => pay(costOf(bytes)));
}

/** Says the same again and again for as long as the socket is open. */
export function beat(socket: WebSocket, every: number, message: Uint8Array): void {
  const timer = setInterval(() => sendBounded(socket, message), every).unref();
  socket.once("close", () => clearInterval(timer));
}
