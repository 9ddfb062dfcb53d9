import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

import { createDecoder, readVarString, readVarUint } from "lib0/decoding";
import { WebSocket, WebSocketServer } from "ws";

import { parseMessage, serverMessage } from "#shared/protocol/stateless.ts";

/** The network between a client and a server, of which a test decides what arrives and when. */
export interface Relay {
  /** Where a client connects instead of the server. */
  readonly url: string;
  /** On the sockets that there are, what is written in a channel waits on the way from now on. */
  readonly hold: () => void;
  /** The same on every socket that comes. */
  readonly holdAll: () => void;
  /** How many frames wait. */
  readonly held: () => number;
  /** What waits arrives after all, also when its sender is long gone. The oldest first; resolves when the server has answered to all. */
  readonly release: () => Promise<void>;
  /** On the sockets that there are, nothing arrives any more of what the server says after the next frame in a channel. */
  readonly muffle: () => void;
  /** How many answers to frames did not arrive so. */
  readonly unheard: () => number;
  /** What happens when the next socket has got through to the server, and before its client knows. */
  readonly onOpen: (work: () => Promise<unknown>) => void;
  /** Ends every socket, and is as it was in the beginning. */
  readonly reset: () => void;
  readonly close: () => Promise<void>;
}

/** One socket of a client, and the one to the server that belongs to it. */
interface Pair {
  readonly up: WebSocket;
  readonly held: Uint8Array[];
  holds: boolean;
  muffles: boolean;
  isMuffled: boolean;
  answers: number;
  unheard: number;
}

export async function openRelay(target: () => string): Promise<Relay> {
  const pairs = new Set<Pair>();
  const clients = new WebSocketServer({ noServer: true });
  const server = createServer();
  let holdsAll = false;
  let opening: (() => Promise<unknown>) | undefined;
  server.on("upgrade", (request, socket, head) => {
    const up = new WebSocket(target(), { headers: passedOn(request) });
    up.once("error", () => socket.destroy());
    up.once("open", async () => {
      const work = opening;
      opening = undefined;
      await work?.();
      clients.handleUpgrade(request, socket, head, (down) => void pairs.add(join(down, up, holdsAll)));
    });
  });
  function reset(): void {
    holdsAll = false;
    pairs.forEach(({ up }) => up.terminate());
    pairs.clear();
    clients.clients.forEach((client) => client.terminate());
  }
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/collab`,
    hold: () => pairs.forEach((pair) => (pair.holds = true)),
    held: () => [...pairs].reduce((sum, { held }) => sum + held.filter(isFrame).length, 0),
    holdAll() {
      holdsAll = true;
      pairs.forEach((pair) => (pair.holds = true));
    },
    async release() {
      holdsAll = false;
      for (const pair of pairs) await letThrough(pair);
    },
    onOpen: (work) => void (opening = work),
    muffle: () => pairs.forEach((pair) => (pair.muffles = true)),
    unheard: () => [...pairs].reduce((sum, { unheard }) => sum + unheard, 0),
    reset,
    async close() {
      reset();
      clients.close();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const passedOn = ({ headers }: IncomingMessage) => ({ cookie: headers.cookie ?? "", origin: headers.origin ?? "" });

function join(down: WebSocket, up: WebSocket, holds: boolean): Pair {
  const pair: Pair = { up, held: [], holds, muffles: false, isMuffled: false, answers: 0, unheard: 0 };
  down.on("message", (bytes: Buffer) => {
    // Nothing overtakes anything on a socket.
    if (pair.held.length > 0 || (pair.holds && isFrame(bytes))) pair.held.push(bytes);
    else pass(pair, bytes);
  });
  up.on("message", (bytes: Buffer) => {
    if (isAnswer(bytes)) {
      pair.answers += 1;
      if (pair.isMuffled) pair.unheard += 1;
    }
    if (!pair.isMuffled && down.readyState === down.OPEN) down.send(bytes);
  });
  // What is on its way does not know that its sender has gone.
  down.on("close", () => (pair.held.length > 0 ? undefined : up.close()));
  up.on("close", () => down.terminate());
  return pair;
}

function pass(pair: Pair, bytes: Uint8Array): void {
  if (pair.muffles && isFrame(bytes)) pair.isMuffled = true;
  pair.up.send(bytes);
}

async function letThrough(pair: Pair): Promise<void> {
  pair.holds = false;
  const frames = pair.held.splice(0);
  const last = pair.answers + frames.filter(isFrame).length;
  frames.forEach((frame) => pass(pair, frame));
  while (pair.answers < last && pair.up.readyState === pair.up.OPEN)
    await new Promise((heard) => pair.up.once("message", heard).once("close", heard));
}

const [SYNC, UPDATE, STATELESS] = [0, 2, 5];

function isFrame(bytes: Uint8Array): boolean {
  const decoder = createDecoder(bytes);
  return (
    readVarString(decoder).startsWith("channel:") && readVarUint(decoder) === SYNC && readVarUint(decoder) === UPDATE
  );
}

function isAnswer(bytes: Uint8Array): boolean {
  const decoder = createDecoder(bytes);
  const document = readVarString(decoder);
  if (!document.startsWith("channel:") || readVarUint(decoder) !== STATELESS) return false;
  const type = parseMessage(serverMessage, readVarString(decoder))?.type;
  return type === "committed" || type === "refused";
}
