import { createHash } from "node:crypto";

import { encodeTime } from "ulid";

import type { EntryId } from "#shared/ids.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The same for the same message whenever it is imported, so that importing twice changes nothing. */
export function entryIdOf(source: string, id: string, at: number): EntryId {
  const hash = createHash("sha256").update(`${source}\0${id}`).digest();
  const random = Array.from({ length: 16 }, (_, index) => ALPHABET[(hash[index] as number) & 31]).join("");
  return `${encodeTime(at, 10)}${random}` as EntryId;
}
