import { MessageType } from "@hocuspocus/server";

import { ByteReader, Unreadable } from "#server/gate/byte-reader.ts";

/** A document's name and a session's behind it are much shorter. Every answer begins with both. */
const MAX_NAME = 256;
/** Of a client; kept for as long as a document is attached. */
const MAX_VERSION = 64;

/** Names that every object is born with: Hocuspocus would take what it finds under them for a connection. */
const BORN_WITH: object = {};

/** What a message is about, and what it is. */
export interface Envelope {
  readonly address: string;
  readonly type: number;
}

/**
 * Undefined where it cannot be read what a message is about, what it is, or as whom it comes. What it cannot read, and a
 * name of which there is too much, Hocuspocus writes into the log, page by page, so that anybody could fill it.
 */
export function readEnvelope(bytes: Uint8Array): Envelope | undefined {
  try {
    const reader = new ByteReader(bytes);
    const address = reader.text();
    if (!isName(address)) return undefined;
    const type = reader.uint();
    return type !== MessageType.Auth || isAuth(reader) ? { address, type } : undefined;
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

function isAuth(reader: ByteReader): boolean {
  reader.uint();
  reader.text();
  // Newer clients say their version too.
  return reader.done() || reader.text().length <= MAX_VERSION;
}

/** A log is read line by line: whoever could break one could write lines of their own. */
const isName = (text: string): boolean =>
  text.length <= MAX_NAME && text.split("\0").every((part) => !(part in BORN_WITH) && !/\p{Cc}/u.test(part));
