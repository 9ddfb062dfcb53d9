import { sql, type Kysely } from "kysely";

import type { ChannelId, CommunityId, MemberId } from "#shared/ids.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import type { Database } from "#server/database/types.ts";

/** Why somebody may not come in, as long as they are banned. Asked in the transaction that would let them in. */
export async function banOf(
  db: Kysely<Database>,
  community: CommunityId,
  person: MemberId,
): Promise<Failure | undefined> {
  const row = await bans(db, person).where("m.community_id", "=", community).executeTakeFirst();
  return row && failureOf(row);
}

/** Why somebody no longer reads a channel that they did read: nothing is said of one that they never saw. */
export async function banFrom(
  db: Kysely<Database>,
  channel: ChannelId,
  person: MemberId,
): Promise<Failure | undefined> {
  const row = await bans(db, person)
    .innerJoin("channel as c", "c.community_id", "m.community_id")
    .where("c.id", "=", channel)
    .where(sql<boolean>`(not c.private or c.id = any(m.channels))`)
    .executeTakeFirst();
  return row && failureOf(row);
}

/** Those that hold, the longest first. */
const bans = (db: Kysely<Database>, person: MemberId) =>
  db
    .selectFrom("measure as m")
    .select(["m.reason", "m.until"])
    .where("m.person_id", "=", person)
    .where("m.kind", "=", "ban")
    .where("m.lifted_at", "is", null)
    .where(sql<boolean>`(m.until is null or m.until > now())`)
    .orderBy(sql`m.until desc nulls first`)
    .limit(1);

const failureOf = ({ reason, until }: { readonly reason: string; readonly until: Date | null }): Failure => ({
  kind: "banned",
  because: reason,
  ...(until === null ? {} : { until: until.getTime() }),
});
