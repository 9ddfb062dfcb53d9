import { createEncoder, toUint8Array, writeUint8Array, writeVarString } from "lib0/encoding";
import { WebSocket } from "ws";
import { applyUpdate, Doc } from "yjs";

import type { Author } from "#shared/documents/names.ts";
import { until } from "#tests/support/until.ts";

import { matches } from "./matches.ts";
import { heardIn, messageOf, type HeardWords, type Words } from "./words.ts";

/** One end of a conversation, that says and hears what a page shows. */
export interface Talker {
  readonly socket: WebSocket;
  say(words: Words): void;
  /** Resolves when this has been heard, besides whatever else was. Each message is heard once. */
  hears(words: Words): Promise<void>;
  /** Passes over what was heard so far. */
  forget(): void;
  /** Resolves when nothing was heard since it spoke, though the server has read that. */
  hearsNothing(): Promise<void>;
  ends(code: number, reason: string | undefined): Promise<void>;
  sees(document: string, root: string, expected: unknown): Promise<void>;
}

/** Told to everybody at any time: whoever waits for an answer passes them over. */
const BESIDES = new Set(["presence", "version", "ping", "ping!", "authority", "queryAwareness"]);

/** `document` where the socket has but one, whose name stands in no message. */
export async function talk(
  url: string,
  author: Author,
  headers: Readonly<Record<string, string>>,
  document?: string,
): Promise<Talker> {
  const socket = new WebSocket(url, { headers });
  const heard: HeardWords[] = [];
  const scratches = new Map<string, Doc>();
  const replicas = new Map<string, Doc>();
  let end: { readonly code: number; readonly reason: string } | undefined;
  let spokeAt = 0;

  const docAt = (docs: Map<string, Doc>, address: string): Doc => {
    const doc = docs.get(address) ?? new Doc();
    docs.set(address, doc);
    return doc;
  };

  socket.on("message", (bytes: Buffer) => {
    const one = heardIn(document === undefined ? new Uint8Array(bytes) : addressed(document, bytes));
    if (one.word === "step2" || one.word === "update")
      applyUpdate(docAt(replicas, one.address), one.holds as Uint8Array);
    // After a refusal one goes on under another clientID.
    if (one.word === "refused") scratches.clear();
    heard.push(one);
  });
  socket.on("close", (code, reason) => (end = { code, reason: reason.toString() }));
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  socket.on("error", () => undefined);

  const shown = (): string =>
    JSON.stringify([
      heard.slice(-6).map(({ word, holds }) => (holds instanceof Uint8Array ? word : [word, holds])),
      end,
    ]);

  async function waitFor(holds: () => boolean, what: string): Promise<void> {
    await until(holds).catch(() => {
      throw new Error(`waited in vain for ${what}; heard ${shown()}`);
    });
  }

  return {
    socket,
    say(words) {
      spokeAt = heard.length;
      socket.send(messageOf(words, author, () => docAt(scratches, words.address ?? "")));
    },
    async hears(words) {
      const find = (): number => heard.findIndex((one) => isWhat(one, words));
      await waitFor(() => find() >= 0, JSON.stringify(words));
      const at = find();
      heard.splice(at, 1);
      if (at < spokeAt) spokeAt -= 1;
    },
    forget() {
      heard.splice(0);
      spokeAt = 0;
    },
    async hearsNothing() {
      await new Promise((resolve) => {
        socket.once("pong", resolve).once("close", resolve);
        socket.ping();
      });
      const since = heard.slice(spokeAt).filter(({ word }) => !BESIDES.has(word));
      if (since.length > 0 || end !== undefined) throw new Error(`heard ${shown()}`);
    },
    async ends(code, reason) {
      await waitFor(() => end !== undefined, `the end: ${code} ${reason}`);
      if (end?.code !== code || (reason !== undefined && end.reason !== reason)) throw new Error(`ended by ${shown()}`);
    },
    async sees(name, root, expected) {
      const there = (): unknown[] => docAt(replicas, name).getArray(root).toArray();
      await waitFor(
        () => matches(there(), expected),
        `${root} ${JSON.stringify(expected)}, saw ${JSON.stringify(there())}`,
      );
    },
  };
}

function addressed(document: string, bytes: Uint8Array): Uint8Array {
  const encoder = createEncoder();
  writeVarString(encoder, document);
  writeUint8Array(encoder, bytes);
  return toUint8Array(encoder);
}

function isWhat({ word, address, holds }: HeardWords, expected: Words): boolean {
  if (word !== expected.word || (expected.address !== undefined && expected.address !== address)) return false;
  if (expected.holds.length === 0) return true;
  const [what] = expected.holds;
  return what instanceof Uint8Array ? Buffer.from(what).equals(Buffer.from(holds as Uint8Array)) : matches(holds, what);
}
