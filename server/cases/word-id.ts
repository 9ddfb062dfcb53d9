import { createHash } from "node:crypto";

import { encodeTime } from "ulid";

import type { EntryId } from "#shared/ids.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The id of what the server says for a reason: the same whenever it comes to say it, so that it says it once. */
export const wordId = (at: number, ...reasons: readonly string[]): EntryId => rankedWordId(at, 0, ...reasons);

const RANK = 4;

/** Of two that are said for the same moment the one with the higher rank comes later. */
export function rankedWordId(at: number, rank: number, ...reasons: readonly string[]): EntryId {
  const hash = createHash("sha256").update(reasons.join("\0")).digest();
  const random = Array.from({ length: 16 }, (_, index) => ALPHABET[(hash[index] as number) & 31]).join("");
  const ranked = rank === 0 ? random : encodeTime(rank, RANK) + random.slice(RANK);
  return `${encodeTime(at, 10)}${ranked}` as EntryId;
}
