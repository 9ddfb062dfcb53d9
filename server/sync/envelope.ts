import { MessageType } from "@hocuspocus/server";

import { createByteReader, Unreadable } from "#server/gate/byte-reader.ts";

/**
 * Whether it can be read what a message is about, what it is, and as whom it comes. What it cannot read Hocuspocus
 * writes into the log, page by page, so that anybody could fill it.
 */
export function hasEnvelope(bytes: Uint8Array): boolean {
  try {
    const reader = createByteReader(bytes);
    reader.text();
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
