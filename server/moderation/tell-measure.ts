import type { Kysely } from "kysely";

import { PLATFORM, type CommunityId, type MemberId } from "#shared/ids.ts";
import { wordId } from "#server/cases/word-id.ts";
import { inHome, oweWords } from "#server/cases/words.ts";
import type { Database } from "#server/database/types.ts";

import { isAcquainted } from "./acquainted.ts";

/** Tells the person concerned, where they know the place, what a measure is now: what, where, why, until when, and whether it was lifted. */
export async function tellMeasure(trx: Kysely<Database>, id: string, now: number): Promise<void> {
  const row = await trx
    .selectFrom("measure as m")
    .leftJoin("community as c", "c.id", "m.community_id")
    .select(["m.person_id", "m.kind", "m.reason", "m.until", "m.lifted_at", "m.community_id", "c.name"])
    .where("m.id", "=", id)
    .executeTakeFirstOrThrow();
  const { community_id, person_id } = row;
  if (community_id !== null && !(await isAcquainted(trx, community_id as CommunityId, person_id as MemberId))) return;
  const lifted = row.lifted_at !== null;
  const word = inHome(person_id as MemberId, {
    id: wordId(now, "measure", id, String(lifted)),
    at: now,
    kind: "measure",
    key: `measure/${id}`,
    measure: row.kind,
    community: (community_id ?? PLATFORM) as CommunityId,
    where: row.name ?? "",
    reason: row.reason,
    ...(row.until !== null && { until: row.until.getTime() }),
    lifted,
  });
  await oweWords(trx, [word]);
}
