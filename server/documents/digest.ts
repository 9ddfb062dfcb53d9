import { createHmac } from "node:crypto";

import { canonical } from "#shared/entries/value.ts";

/** A keyed hash of an entry's value: it tells a copy from a forgery without keeping the text. */
export const createDigest =
  (key: Uint8Array) =>
  (value: unknown): string =>
    createHmac("sha256", key).update(canonical(value)).digest("base64");
