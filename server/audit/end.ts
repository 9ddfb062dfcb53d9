import type { Kysely } from "kysely";

import type { Database } from "#server/database/types.ts";

import type { HeadKeeper } from "./head.ts";
import { NOTHING_BEFORE } from "./seal.ts";

export const endOf = async (db: Kysely<Database>) =>
  (await db
    .selectFrom("audit_link")
    .select(["position", "hash"])
    .orderBy("position", "desc")
    .limit(1)
    .executeTakeFirst()) ?? { position: 0, hash: NOTHING_BEFORE };

/** Keeps the end that the chain has now. Also where whoever chained last was killed before they had. */
export async function keepEnd(db: Kysely<Database>, head: HeadKeeper): Promise<void> {
  const { position, hash } = await endOf(db);
  const kept = head.read();
  if (kept === undefined || kept instanceof Error || kept.position !== position)
    head.write({ position, hash: hash.toString("hex") });
}

/** What is wrong with the end of the chain, given the one that was read of what was kept: before the chain is looked at. */
export async function troubleAtEnd(
  db: Kysely<Database>,
  kept: ReturnType<HeadKeeper["read"]>,
): Promise<string | undefined> {
  if (kept instanceof Error) return kept.message;
  const { position: now } = await endOf(db);
  if (kept === undefined)
    return now === 0
      ? undefined
      : "No end of the trail is recorded here: whether acts were cut off there is not known.";
  if (kept.position > now)
    return `The trail ends with act ${now}, but it had come to act ${kept.position}: what followed was removed.`;
  return (await holds(db, kept.position, kept.hash))
    ? undefined
    : `The trail had come to act ${kept.position}, and that is another act now: what followed was removed, and others were put in its place.`;
}

async function holds(db: Kysely<Database>, position: number, hash: string): Promise<boolean> {
  if (position === 0) return true;
  const link = await db.selectFrom("audit_link").select("hash").where("position", "=", position).executeTakeFirst();
  return link?.hash.toString("hex") === hash;
}
