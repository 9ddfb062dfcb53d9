import { createDecoder, hasContent, readVarString, readVarUint, readVarUint8Array, type Decoder } from "lib0/decoding";
import {
  createEncoder,
  toUint8Array,
  writeVarString,
  writeVarUint,
  writeVarUint8Array,
  type Encoder,
} from "lib0/encoding";
import { WebSocket } from "ws";

import type { MemberId } from "#shared/ids.ts";
import { parseMessage, serverMessage, type ServerMessage } from "#shared/protocol/stateless.ts";

/** The types of message, each behind a document's name. */
export const TYPE = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  syncReply: 4,
  stateless: 5,
  broadcast: 6,
  close: 7,
  status: 8,
  ping: 9,
  pong: 10,
} as const;

/** One message of the server, taken apart. */
export type Heard =
  | Word<"authenticated">
  | Word<"denied">
  | Word<"closed">
  | Bytes<"step1">
  | Bytes<"step2">
  | Bytes<"update">
  | { readonly kind: "said"; readonly address: string; readonly message: ServerMessage | undefined }
  | (Bytes<"other"> & { readonly type: number });

interface Word<Kind extends string> {
  readonly kind: Kind;
  readonly address: string;
  readonly text: string;
}

interface Bytes<Kind extends string> {
  readonly kind: Kind;
  readonly address: string;
  readonly bytes: Uint8Array;
}

/** A socket without a provider: it can send anything, and hears everything. */
export interface Wire {
  readonly socket: WebSocket;
  readonly heard: readonly Heard[];
  readonly ended: { readonly code: number; readonly reason: string } | undefined;
  send(bytes: Uint8Array): void;
  authenticate(name: string): void;
  step1(name: string, stateVector?: Uint8Array): void;
  update(name: string, bytes: Uint8Array): void;
  step2(name: string, bytes: Uint8Array): void;
  stateless(name: string, text: string): void;
  close(name: string): void;
  /** Attaches a document; resolves when the server has let it in. */
  attach(name: string): Promise<void>;
  /** What was heard of one kind. */
  all<Kind extends Heard["kind"]>(kind: Kind): readonly Extract<Heard, { kind: Kind }>[];
  /** What the server has said about frames and documents, of one type. */
  said<Type extends ServerMessage["type"]>(type: Type): readonly Extract<ServerMessage, { type: Type }>[];
  until(holds: () => boolean): Promise<void>;
  end(): void;
}

/** A message as it goes over the wire. */
export function message(
  address: string,
  type: number,
  write: (encoder: Encoder) => void = () => undefined,
): Uint8Array {
  const encoder = createEncoder();
  writeVarString(encoder, address);
  writeVarUint(encoder, type);
  write(encoder);
  return toUint8Array(encoder);
}

export const syncMessage = (name: string, step: number, bytes: Uint8Array): Uint8Array =>
  message(name, TYPE.sync, (encoder) => [writeVarUint(encoder, step), writeVarUint8Array(encoder, bytes)]);

export const authMessage = (name: string, token = ""): Uint8Array =>
  message(name, TYPE.auth, (encoder) => [writeVarUint(encoder, 0), writeVarString(encoder, token)]);

const NOTHING_SEEN = Uint8Array.of(0);

/** Opens a socket as somebody, at a node that believes whoever says who they are; resolves when it is open. */
export const openWire = (url: string, person: MemberId): Promise<Wire> => openWireWith(url, { "x-person": person });

/** Opens a socket with these headers; resolves when it is open. */
export async function openWireWith(url: string, headers: Readonly<Record<string, string>>): Promise<Wire> {
  const socket = new WebSocket(url, { headers });
  const heard: Heard[] = [];
  const changes = new EventTarget();
  let ended: Wire["ended"];
  const changed = (): void => void changes.dispatchEvent(new Event("change"));

  socket.on("message", (bytes: Buffer) => {
    heard.push(takeApart(new Uint8Array(bytes)));
    changed();
  });
  socket.on("close", (code, reason) => {
    ended = { code, reason: reason.toString() };
    changed();
  });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  socket.on("error", changed);

  const wire: Wire = {
    socket,
    heard,
    get ended() {
      return ended;
    },
    send: (bytes) => socket.send(bytes),
    authenticate: (name) => wire.send(authMessage(name)),
    step1: (name, stateVector = NOTHING_SEEN) => wire.send(syncMessage(name, 0, stateVector)),
    step2: (name, bytes) => wire.send(syncMessage(name, 1, bytes)),
    update: (name, bytes) => wire.send(syncMessage(name, 2, bytes)),
    stateless: (name, text) => wire.send(message(name, TYPE.stateless, (encoder) => writeVarString(encoder, text))),
    close: (name) => wire.send(message(name, TYPE.close)),
    async attach(name) {
      const before = wire.all("step2").length;
      wire.authenticate(name);
      wire.step1(name);
      await wire.until(() => wire.all("step2").length > before);
    },
    all: (kind) => heard.filter((one) => one.kind === kind) as never,
    said: (type) =>
      wire
        .all("said")
        .map((one) => one.message)
        .filter((one) => one?.type === type) as never,
    until: (holds) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`waited in vain; heard ${heard.slice(-5).map(inWords).join(", ")}`)),
          10_000,
        );
        const check = (): void => {
          if (!holds()) return;
          clearTimeout(timer);
          changes.removeEventListener("change", check);
          resolve();
        };
        changes.addEventListener("change", check);
        check();
      }),
    end: () => socket.terminate(),
  };
  return wire;
}

/** Resolves when the server has read all that was sent, or the socket is closed. */
export const roundTrip = ({ socket }: Wire): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      socket.off("pong", done).off("close", done);
      resolve();
    };
    socket.on("pong", done).on("close", done);
    if (socket.readyState === socket.OPEN) socket.ping();
    else done();
  });

const inWords = (one: Heard): string => JSON.stringify({ ...one, bytes: undefined });

/** What a message says, whichever side it comes from. */
export function takeApart(bytes: Uint8Array): Heard {
  const decoder = createDecoder(bytes);
  const address = readVarString(decoder);
  const type = readVarUint(decoder);
  switch (type) {
    case TYPE.sync:
    case TYPE.syncReply:
      return {
        kind: (["step1", "step2", "update"] as const)[readVarUint(decoder)] as "update",
        address,
        bytes: readVarUint8Array(decoder),
      };
    case TYPE.auth:
      return { kind: readVarUint(decoder) === 2 ? "authenticated" : "denied", address, text: textIn(decoder) };
    case TYPE.stateless:
      return { kind: "said", address, message: parseMessage(serverMessage, readVarString(decoder)) };
    case TYPE.close:
      return { kind: "closed", address, text: textIn(decoder) };
    default:
      return { kind: "other", address, type, bytes: bytes.subarray(decoder.pos) };
  }
}

const textIn = (decoder: Decoder): string => (hasContent(decoder) ? readVarString(decoder) : "");
