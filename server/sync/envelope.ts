import { MessageType } from "@hocuspocus/server";

import { ByteReader, Unreadable } from "#server/gate/byte-reader.ts";

/** Names that every object is born with: Hocuspocus would take what it finds under them for a connection. */
const BORN_WITH: object = {};

/**
 * Whether it can be read what a message is about, what it is, and as whom it comes. What it cannot read Hocuspocus
 * writes into the log, page by page, so that anybody could fill it.
 */
export function hasEnvelope(bytes: Uint8Array): boolean {
  try {
    const reader = new ByteReader(bytes);
    if (
      reader
        .text()
        .split("\0")
        .some((name) => name in BORN_WITH)
    )
      return false;
    if (reader.uint() !== MessageType.Auth) return true;
    reader.uint();
    reader.text();
    // Newer clients say their version too.
    if (!reader.done()) reader.text();
    return true;
  } catch (error) {
    if (error instanceof Unreadable) return false;
    throw error;
  }
}
