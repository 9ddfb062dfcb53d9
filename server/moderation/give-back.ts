import type { Kysely } from "kysely";

import type { ChannelId, CommunityId, MemberId } from "#shared/ids.ts";
import { banOf } from "#server/cases/bans.ts";
import { forgetTaken, mutedUntil } from "#server/communities/communities.ts";
import { letInto } from "#server/communities/participants.ts";
import type { Consequences } from "#server/documents/authority-change.ts";
import type { Database } from "#server/database/types.ts";

interface Lost {
  readonly community: CommunityId;
  readonly person: MemberId;
  readonly role: "admin" | "moderator" | "member" | "guest";
  /** Private ones. */
  readonly channels: readonly string[];
}

/** Makes somebody again what they were before they were taken out, where that is still there. */
export async function giveBack(
  trx: Kysely<Database>,
  consequences: Consequences,
  { community, person, role, channels }: Lost,
): Promise<void> {
  await trx
    .insertInto("membership")
    .values({ community_id: community, person_id: person, role, muted_until: mutedUntil(community, person) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await forgetTaken(trx, community, person);
  const still = await trx
    .selectFrom("channel")
    .select("id")
    .where("id", "in", channels.length > 0 ? channels : [person])
    .where("community_id", "=", community)
    .execute();
  for (const { id } of still) await letInto(trx, consequences, { id: id as ChannelId, community }, [person]);
}

/** Whether something else keeps somebody out: a ban that holds, or that they were taken out and have not come back. */
export const isKeptOut = async (trx: Kysely<Database>, community: CommunityId, person: MemberId): Promise<boolean> =>
  (await banOf(trx, community, person)) !== undefined ||
  (await taken(trx, community, person).where("kind", "=", "kick").executeTakeFirst()) !== undefined;

/** What the last measure has taken from somebody who was out already: whatever keeps them out longer gives it back. */
export const lostBefore = (trx: Kysely<Database>, community: CommunityId, person: MemberId) =>
  taken(trx, community, person).orderBy("at", "desc").orderBy("id", "desc").limit(1).executeTakeFirst();

const taken = (trx: Kysely<Database>, community: CommunityId, person: MemberId) =>
  trx
    .selectFrom("measure")
    .select(["role", "channels"])
    .where("community_id", "=", community)
    .where("person_id", "=", person)
    .where("lifted_at", "is", null)
    .where("role", "is not", null);
