import type { WebSocket } from "ws";

import { send } from "./outlet.ts";
import type { Peer, PeerSession } from "./peer.ts";

/** A reader that falls this far behind is cut off; it catches up when it comes back. */
const MAX_BUFFERED = 8 * 1024 * 1024;
/** The longest that a timer can wait. */
const MAX_WAIT = 2 ** 31 - 1;

/** Sends, but gives up on readers who do not read. */
export function sendBounded(socket: WebSocket, bytes: Uint8Array): void {
  if (socket.bufferedAmount > MAX_BUFFERED) socket.terminate();
  else send(socket, bytes);
}

/** Reads nothing more from a socket until all that it was asked to wait for is over. */
export function holding(socket: WebSocket): (until: Promise<unknown>) => void {
  let holds = 0;
  const release = (): void => {
    holds -= 1;
    if (holds === 0) socket.resume();
  };
  return (until) => {
    holds += 1;
    socket.pause();
    until.then(release, release);
  };
}

/** What it takes to look at something empty. */
const LOOK = 64;

/** Tells what everything costs that a socket sends, whatever becomes of it. */
export function paying(socket: WebSocket, pay: (cost: number) => void): void {
  for (const event of ["message", "ping", "pong"]) socket.on(event, (bytes: Buffer) => pay(bytes.length + LOOK));
}

/** What it costs to open a socket, in the coin of `Pace`. */
export const OPENING = 8 * 1024;

/** Has a peer pay for the socket, and for everything when it comes in: whether or not anything can be made of it. */
export function payFor(socket: WebSocket, peer: Peer, charge: (peer: Peer, cost: number) => void): void {
  charge(peer, OPENING);
  paying(socket, (cost) => charge(peer, cost));
}

/** Says the same again and again for as long as the socket is open. */
export function beat(socket: WebSocket, every: number, message: Uint8Array): void {
  const timer = setInterval(() => sendBounded(socket, message), every).unref();
  socket.once("close", () => clearInterval(timer));
}

/** Ends what a session has opened when its time is over. */
export function endOnTime(socket: WebSocket, { until }: PeerSession, end: () => void): void {
  if (until === undefined) return;
  const timer = setTimeout(end, Math.min(until - Date.now(), MAX_WAIT)).unref();
  socket.once("close", () => clearTimeout(timer));
}
