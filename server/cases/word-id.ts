import { createHash } from "node:crypto";

import { encodeTime } from "ulid";

import type { EntryId } from "#shared/ids.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The id of what the server says for a reason: the same whenever it comes to say it, so that it says it once. */
export function wordId(at: number, ...reasons: readonly string[]): EntryId {
  const hash = createHash("sha256").update(reasons.join("\0")).digest();
  const random = Array.from({ length: 16 }, (_, index) => ALPHABET[(hash[index] as number) & 31]).join("");
  return `${encodeTime(at, 10)}${random}` as EntryId;
}
