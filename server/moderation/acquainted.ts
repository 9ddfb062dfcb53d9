import { sql, type Kysely } from "kysely";

import type { CommunityId, MemberId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";

/**
 * Whether somebody is or was in a community, or has ever written there. Nobody else is told what its moderators do: else
 * whoever founds one could write to anybody by banning them.
 */
export async function isAcquainted(trx: Kysely<Database>, community: CommunityId, person: MemberId): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`
    select exists (select from membership where community_id = ${community} and person_id = ${person})
      or exists (
        select from measure where community_id = ${community} and person_id = ${person} and (role is not null or kind <> 'ban'))
      or exists (
        select from audit_act where target_id = ${person} and community = ${community} and act in ('member.join', 'member.leave'))
      or exists (
        select from channel c join entry_key k on k.channel = c.id and k.author = ${person} where c.community_id = ${community})
      as known`.execute(trx);
  return rows[0]?.known === true;
}
