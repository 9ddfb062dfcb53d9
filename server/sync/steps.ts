import { MessageType, type Connection, type Document } from "@hocuspocus/server";
import { createEncoder, toUint8Array, writeVarString, writeVarUint, writeVarUint8Array } from "lib0/encoding";
import { encodeStateAsUpdate, encodeStateVector } from "yjs";

import { ByteReader, Unreadable } from "#server/gate/byte-reader.ts";

import { createAnswerCache, type AnswerCache } from "./answer-cache.ts";

const STEP_1 = 0;
const STEP_2 = 1;
/** A state vector has one entry for each clientID that the document has seen. */
const MAX_STATE_VECTOR = 64 * 1024;
/** Answers are kept for so long, in ms: each is as large as what it is about. */
const KEPT_FOR = 10_000;

interface Answers {
  readonly version: number;
  readonly since: number;
  readonly cache: AnswerCache;
}

const answers = new Map<Document, Answers>();

/** Lets go of answers that nobody will ask for any more. */
export function forgetAnswers(): void {
  for (const [document, { since }] of answers) if (Date.now() - since >= KEPT_FOR) answers.delete(document);
}

/** Sends what a client lacks, then asks what we lack. Answers how many bytes it was, or nothing for a state vector that is none. */
export function answerStep1(
  connection: Connection,
  document: Document,
  version: number,
  stateVector: Uint8Array,
): number | undefined {
  if (!isStateVector(stateVector)) return undefined;
  const lacking = answerFor(document, version, stateVector);
  send(connection, STEP_2, lacking);
  askStep1(connection, document);
  return lacking.length;
}

/** Asks a client for what the server lacks. */
export const askStep1 = (connection: Connection, document: Document): void =>
  send(connection, STEP_1, encodeStateVector(document));

function answerFor(document: Document, version: number, stateVector: Uint8Array): Uint8Array {
  const kept = answers.get(document);
  const current = kept?.version === version ? kept : { version, since: Date.now(), cache: createAnswerCache() };
  answers.set(document, current);
  return current.cache.answer(stateVector, () => encodeStateAsUpdate(document, stateVector));
}

function send(connection: Connection, step: number, bytes: Uint8Array): void {
  const encoder = createEncoder();
  writeVarString(encoder, connection.messageAddress);
  writeVarUint(encoder, MessageType.Sync);
  writeVarUint(encoder, step);
  writeVarUint8Array(encoder, bytes);
  connection.send(toUint8Array(encoder));
}

/** Yjs would believe any count that such bytes begin with. */
function isStateVector(bytes: Uint8Array): boolean {
  if (bytes.length > MAX_STATE_VECTOR) return false;
  try {
    const reader = new ByteReader(bytes);
    for (let left = reader.count(); left > 0; left -= 1) {
      reader.uint();
      reader.uint();
    }
    return reader.done();
  } catch (error) {
    if (error instanceof Unreadable) return false;
    throw error;
  }
}
