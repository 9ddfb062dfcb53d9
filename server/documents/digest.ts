import { createHash, hash } from "node:crypto";

import { canonical } from "#shared/entries/value.ts";

const BLOCK = 64;
const HASH = 32;
/** What most texts fit into; a longer one gets a buffer of its own. */
const ROOM = 64 * 1024;

/**
 * A keyed hash of an entry's value, in base64: it tells a copy from a forgery without keeping the text. This is
 * HMAC-SHA256 (RFC 2104) made of two one-shot hashes: `createHmac` costs several times as much for so short a text.
 */
export function createDigest(key: Uint8Array): (value: unknown) => string {
  const block = Buffer.alloc(BLOCK);
  (key.length > BLOCK ? createHash("sha256").update(key).digest() : Buffer.from(key)).copy(block);
  const inner = Buffer.concat([block.map((byte) => byte ^ 0x36)], BLOCK + ROOM);
  const outer = Buffer.concat([block.map((byte) => byte ^ 0x5c)], BLOCK + HASH);

  function inside(text: string): Buffer {
    // No UTF-16 unit takes more than three bytes.
    if (text.length * 3 > ROOM) return Buffer.concat([inner.subarray(0, BLOCK), Buffer.from(text)]);
    return inner.subarray(0, BLOCK + inner.write(text, BLOCK));
  }

  return (value) => {
    // As a text of bytes: a buffer for the first hash takes longer than the hash.
    outer.write(hash("sha256", inside(canonical(value)), "binary"), BLOCK, "binary");
    return hash("sha256", outer, "base64");
  };
}
