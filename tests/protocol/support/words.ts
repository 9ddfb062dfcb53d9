import {
  createEncoder,
  toUint8Array,
  writeVarString,
  writeVarUint,
  writeVarUint8Array,
  type Encoder,
} from "lib0/encoding";
import type { Doc } from "yjs";

import { logName, type Author } from "#shared/documents/names.ts";
import { PAGE_ROOT } from "#shared/pages/root.ts";
import { any, erasure, forged, type Place } from "#tests/attack/support/forge.ts";
import { message, takeApart, TYPE } from "#tests/attack/support/wire.ts";
import { written } from "#tests/support/scribe.ts";

import type { Values } from "./values.ts";

/** The words of one act of a conversation: which message, about which document, and what it holds. */
export interface Words {
  readonly word: string;
  readonly address: string | undefined;
  readonly holds: readonly unknown[];
}

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|[{[].*[\]}]|\S+)/gy;
const HEX = /^[0-9a-f]{2}$/;

/** Bytes that follow each other become one value. */
export function wordsIn(rest: string, values: Values): Words {
  const [word = "", ...tokens] = [...rest.matchAll(TOKEN)].map(([, token = ""]) => token);
  const isAddress = /^"?(\$|channel:)/.test(tokens[0] ?? "");
  const held = isAddress ? tokens.slice(1) : tokens;
  const bytes = held.every((token) => HEX.test(token))
    ? [Uint8Array.from(held, (byte) => parseInt(byte, 16))]
    : undefined;
  return {
    word,
    address: isAddress ? addressIn(tokens[0] as string, values) : undefined,
    holds: held.length === 0 ? [] : (bytes ?? held.map(values.read)),
  };
}

const addressIn = (token: string, values: Values): string =>
  token.startsWith('"') ? (values.read(token) as string) : values.said(token);

/** A message of a client; without the document's name where the socket has but one. */
export function messageOf({ word, address, holds }: Words, author: Author, scratch: () => Doc): Uint8Array {
  const [first, second] = holds;
  if (word === "bytes") return first as Uint8Array;
  if (word === "pong!") return Uint8Array.of(TYPE.pong);
  const bytes = message(address ?? "", typeOf(word), (encoder) => {
    if (word === "auth") {
      writeVarUint(encoder, 0);
      writeVarString(encoder, first as string);
      if (second !== undefined) writeVarString(encoder, second as string);
    } else if (word in STEPS) {
      writeVarUint(encoder, STEPS[word] as number);
      writeVarUint8Array(encoder, word === "step1" ? stateVectorOf(first) : updateOf(first, author, scratch));
    } else if (word === "stateless") writeVarString(encoder, JSON.stringify(first));
    else if (word === "broadcast") writeVarString(encoder, first as string);
    else if (word === "awareness") writeVarUint8Array(encoder, first as Uint8Array);
    else if (word === "status") writeVarUint(encoder, (first as Uint8Array)[0] as number);
  });
  return address === undefined ? bytes.subarray(1) : bytes;
}

const STEPS: Readonly<Record<string, number>> = { step1: 0, step2: 1, update: 2 };

const typeOf = (word: string): number => {
  const type = word in STEPS ? TYPE.sync : TYPE[word as keyof typeof TYPE];
  if (type === undefined) throw new Error(`no message: ${word}`);
  return type;
};

function stateVectorOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  const { entries } = value as { entries: number };
  const encoder = createEncoder();
  writeVarUint(encoder, entries);
  for (let client = 1; client <= entries; client += 1) {
    writeVarUint(encoder, client);
    writeVarUint(encoder, 1);
  }
  return toUint8Array(encoder);
}

interface FrameWords {
  readonly log?: Author;
  readonly client?: number;
  readonly clock?: number;
  readonly push?: readonly unknown[];
  /** Elements of a page, one behind the other. */
  readonly page?: readonly string[];
  readonly structs?: readonly unknown[];
  readonly delete?: readonly (readonly [client: number, clock: number, length: number])[];
  readonly bytes?: number;
}

function updateOf(value: unknown, author: Author, scratch: () => Doc): Uint8Array {
  if (value instanceof Uint8Array) return value;
  const { log = author, client, clock = 0, push = [], page, structs, delete: gone, bytes } = value as FrameWords;
  if (bytes !== undefined) return new Uint8Array(bytes).fill(9);
  if (page !== undefined) return elementsOf(page);
  if (gone !== undefined) return erasure(gone[0]?.[0] ?? 0, ...gone.map(([, from, length]) => [from, length] as const));
  if (client === undefined) {
    const doc = scratch();
    return written(doc, () => doc.getArray(logName(log)).push([...push]));
  }
  const place: Place = clock === 0 ? { root: logName(log) } : { origin: { client, clock: clock - 1 } };
  return forged(client, clock, ...(structs?.map((one) => any([one], place)) ?? [any(push, place)]));
}

/** Something that was heard, in the words of the page. */
export interface HeardWords {
  readonly word: string;
  readonly address: string;
  readonly holds: unknown;
}

const OTHER = Object.fromEntries(Object.entries(TYPE).map(([word, type]) => [type, word]));

export function heardIn(bytes: Uint8Array): HeardWords {
  if (bytes.length === 1 && bytes[0] === TYPE.ping) return { word: "ping!", address: "", holds: undefined };
  const heard = takeApart(bytes);
  const { address } = heard;
  switch (heard.kind) {
    case "said":
      return { word: heard.message?.type ?? "unreadable", address, holds: heard.message };
    case "closed":
      return { word: "close", address, holds: heard.text };
    case "authenticated":
    case "denied":
      return { word: heard.kind, address, holds: heard.text };
    case "other":
      return { word: OTHER[heard.type] ?? `type ${heard.type}`, address, holds: heard.bytes };
    default:
      return { word: heard.kind, address, holds: heard.bytes };
  }
}

let writers = 1_000;

/** Elements at the end of a page that is empty, under a clientID of their own. */
function elementsOf(names: readonly string[]): Uint8Array {
  const client = (writers += 1);
  return forged(
    client,
    0,
    ...names.map((name, clock) => ({
      content: 7,
      place: clock === 0 ? { root: PAGE_ROOT } : { origin: { client, clock: clock - 1 } },
      write: (encoder: Encoder) => [writeVarUint(encoder, 3), writeVarString(encoder, name)],
    })),
  );
}
