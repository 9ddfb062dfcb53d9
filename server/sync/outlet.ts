import type { Duplex } from "node:stream";

import type { WebSocket } from "ws";

/**
 * The way out to all sockets. What is said to hundreds at once is framed once; what is said to one socket in one breath
 * is written in one go; and after some sockets whatever has come in meanwhile has its turn, so that a large room keeps
 * nobody waiting.
 */
const streams = new WeakMap<WebSocket, Duplex>();
const waiting = new Set<Duplex>();
let isScheduled = false;

/** Sockets that are written to before anything else may happen. */
const AT_ONCE = 64;

/** Names the stream that a socket was opened on. */
export const openOutlet = (socket: WebSocket, stream: Duplex): void => void streams.set(socket, stream);

/** Sends a binary message, in the order of the calls. */
export function send(socket: WebSocket, bytes: Uint8Array): void {
  const stream = streams.get(socket);
  if (stream === undefined || socket.readyState !== socket.OPEN) return;
  if (!waiting.has(stream)) {
    stream.cork();
    waiting.add(stream);
  }
  stream.write(framed(bytes));
  schedule();
}

function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  setImmediate(writeSome);
}

function writeSome(): void {
  isScheduled = false;
  for (const stream of waiting.values().take(AT_ONCE)) {
    waiting.delete(stream);
    stream.uncork();
  }
  if (waiting.size > 0) schedule();
}

let last: { readonly bytes: Uint8Array; readonly frame: Buffer } | undefined;

function framed(bytes: Uint8Array): Buffer {
  if (last?.bytes !== bytes) last = { bytes, frame: Buffer.concat([header(bytes.length), bytes]) };
  return last.frame;
}

const FINAL_BINARY = 0x82;

/** Of a frame as servers send it, whole and not masked: RFC 6455, section 5.2. */
function header(length: number): Uint8Array {
  if (length < 126) return Uint8Array.of(FINAL_BINARY, length);
  if (length < 2 ** 16) return Uint8Array.of(FINAL_BINARY, 126, length >>> 8, length & 0xff);
  const long = Buffer.alloc(10);
  long.writeUInt16BE((FINAL_BINARY << 8) | 127);
  long.writeBigUInt64BE(BigInt(length), 2);
  return long;
}
