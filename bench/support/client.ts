import { once } from "node:events";

import { WebSocket } from "ws";

import { authMessage, syncMessage } from "#tests/attack/support/wire.ts";

import type { Seat } from "./crowd.ts";
import { createSpeaker, emptyStep2, kindOf, stillHere } from "./wire.ts";

/** A socket with one document, which reads of what it hears only what it must. It speaks to our server and to Hocuspocus alike. */
export interface Client {
  readonly document: string;
  readonly socket: WebSocket;
  /** The bytes with which it would say the next thing. */
  readonly speak: (number: number, at: number) => Uint8Array;
}

export interface Ears {
  readonly update: (bytes: Buffer) => void;
  readonly refused: (bytes: Buffer) => void;
}

const NOTHING_SEEN = Uint8Array.of(0);
/** The server takes a minute's silence for a loss. */
const BEAT = 25_000;
const TIMEOUT = 60_000;

/** Resolves when the document is there. */
export async function openClient(url: string, { person, cookie, document }: Seat, ears: Ears): Promise<Client> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/collab`, {
    headers: { cookie, origin: url },
    perMessageDeflate: false,
    skipUTF8Validation: true,
    handshakeTimeout: TIMEOUT,
  });
  await once(socket, "open");
  await new Promise<void>((resolve, reject) => {
    socket.on("close", (code, reason) => reject(new Error(`closed with ${code} ${reason.toString()}`)));
    socket.on("message", (bytes: Buffer) => {
      const kind = kindOf(bytes);
      if (kind === "update") ears.update(bytes);
      if (kind === "refused") ears.refused(bytes);
      if (kind === "step2") resolve();
    });
    socket.send(authMessage(document));
    socket.send(syncMessage(document, 0, NOTHING_SEEN));
  });
  socket.send(emptyStep2(document));
  const beat = setInterval(() => socket.send(stillHere(document)), BEAT).unref();
  socket.once("close", () => clearInterval(beat));
  return { document, socket, speak: createSpeaker(person, document) };
}

/** A socket that only listens for what is broadcast. */
export async function openPlainClient(url: string, { person, document }: Seat, ears: Ears): Promise<Client> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/${document}`, { perMessageDeflate: false });
  await once(socket, "open");
  socket.on("message", ears.update);
  return { document, socket, speak: createSpeaker(person, document) };
}
