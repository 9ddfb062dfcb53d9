import { MessageType } from "@hocuspocus/server";

import { ByteReader, Unreadable } from "#server/gate/byte-reader.ts";

/** A document's name and a session's behind it are much shorter. Every answer begins with both. */
const MAX_NAME = 256;
/** Of a client; kept for as long as a document is attached. */
const MAX_VERSION = 64;

/** Names that every object is born with: Hocuspocus would take what it finds under them for a connection. */
const BORN_WITH: object = {};

/**
 * Whether it can be read what a message is about, what it is, and as whom it comes. What it cannot read, and a name of
 * which there is too much, Hocuspocus writes into the log, page by page, so that anybody could fill it.
 */
export function hasEnvelope(bytes: Uint8Array): boolean {
  try {
    const reader = new ByteReader(bytes);
    if (!isName(reader.text())) return false;
    if (reader.uint() !== MessageType.Auth) return true;
    reader.uint();
    reader.text();
    // Newer clients say their version too.
    return reader.done() || reader.text().length <= MAX_VERSION;
  } catch (error) {
    if (error instanceof Unreadable) return false;
    throw error;
  }
}

/** A log is read line by line: whoever could break one could write lines of their own. */
const isName = (text: string): boolean =>
  text.length <= MAX_NAME && text.split("\0").every((part) => !(part in BORN_WITH) && !/\p{Cc}/u.test(part));
