import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** A TCP connection on which a test writes its own bytes: what no library for sockets would send. */
export interface Line {
  readonly socket: Socket;
  /** All that the server has written, byte for byte. */
  heard(): string;
  write(bytes: string | Uint8Array): void;
  isOver(): boolean;
  end(): void;
}

export async function openLine(url: string): Promise<Line> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let heard = "";
  socket.on("data", (bytes) => (heard += bytes.toString("latin1")));
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return {
    socket,
    heard: () => heard,
    write: (bytes) => void socket.write(bytes),
    isOver: () => socket.closed || socket.readableEnded,
    end: () => void socket.destroy(),
  };
}

/** Asks for a socket at this path, with these lines besides the usual ones. */
export const asking = (path: string, ...more: readonly string[]): string =>
  [
    `GET ${path} HTTP/1.1`,
    "host: localhost",
    "connection: upgrade",
    "upgrade: websocket",
    "sec-websocket-version: 13",
    "sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==",
    ...more,
    "\r\n",
  ].join("\r\n");

const BINARY = 0x82;
export const PING = 0x89;

/** A frame of a socket, masked with zeros as clients must mask. */
export function frame(payload: Uint8Array, opcode = BINARY): Buffer {
  const { length } = payload;
  const size = length < 126 ? [0x80 | length] : [0x80 | 126, length >> 8, length & 0xff];
  return Buffer.from([opcode, ...size, 0, 0, 0, 0, ...payload]);
}

/** Reserved bits: no frame at all. */
export const BROKEN = Uint8Array.of(0xff, 0xff, 0xff, 0xff);
