import { sql, type Kysely } from "kysely";

import type { Database } from "#server/database/types.ts";

/**
 * To be called before a change of what may be written in channels at all. Waits for those who are writing there, and
 * keeps others waiting until the transaction ends. To lock the channels for reading would do as well, but then the
 * batches of several nodes, which overlap, could keep a change waiting for ever.
 *
 * Who held a head while it was waited for may have opened the next segment, which a statement does not see that began
 * before. Once nothing is found that is new, the heads are held, and only who holds a head opens another segment.
 */
export async function holdChannels(trx: Kysely<Database>, channels: readonly string[]): Promise<void> {
  let held = -1;
  for (let found = 0; found > held;) {
    held = found;
    const { rows } = await sql`
      select from document
      where channel_id = any(${channels}::uuid[])
        or channel_id in (select id from page where channel_id = any(${channels}::uuid[]))
      order by name for update`.execute(trx);
    found = rows.length;
  }
}
