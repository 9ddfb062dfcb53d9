import { sql, type Kysely, type RawBuilder } from "kysely";

import type { Database } from "#server/database/types.ts";

/** To be called before a change of what may be written in channels, and on their pages, at all: see `hold`. */
export const holdChannels = (trx: Kysely<Database>, channels: readonly string[]): Promise<void> =>
  hold(
    trx,
    sql`select unnest(${channels}::uuid[]) union select id from page where channel_id = any(${channels}::uuid[])`,
  );

/** The same for all channels and pages of a community. */
export const holdCommunity = (trx: Kysely<Database>, community: string): Promise<void> =>
  hold(
    trx,
    sql`select id from channel where community_id = ${community} union select id from page where community_id = ${community}`,
  );

/**
 * Waits for those who are writing in these places, and keeps others waiting until the transaction ends. To lock the channels for reading would do as well, but then the
 * batches of several nodes, which overlap, could keep a change waiting for ever.
 *
 * Who held a head while it was waited for may have opened the next segment, which a statement does not see that began
 * before. Once nothing is found that is new, the heads are held, and only who holds a head opens another segment.
 */
async function hold(trx: Kysely<Database>, places: RawBuilder<unknown>): Promise<void> {
  let held = -1;
  for (let found = 0; found > held;) {
    held = found;
    const { rows } = await sql`
      select from document where channel_id in (${places}) order by name for update`.execute(trx);
    found = rows.length;
  }
}
