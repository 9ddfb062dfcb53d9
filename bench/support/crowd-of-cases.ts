import { sql, type Kysely } from "kysely";

import type { Database } from "#server/database/types.ts";

/** One message in so many is reported. */
const REPORTED = 100;

/**
 * One message in a hundred is reported by one to three people within a day. Nine of ten cases are settled within a
 * week; one in twenty of those is opened again and settled a second time.
 */
export async function reportSome(db: Kysely<Database>, people: readonly string[]): Promise<void> {
  await sql`
    insert into report (reporter, case_key, desk, about, ground, note, open, at, id, received)
    select (${people}::uuid[])[1 + (m.luck + n) % ${people.length}], m.case_key, m.community_id, m.author, 'spam', '', true, w.at, m.id || n, w.at
    from ${reported} m cross join generate_series(1, 1 + m.luck % 3) as n
    cross join lateral (select m.at + n * (m.luck % 28800000) as at) w`.execute(db);
  await sql`
    insert into settlement (desk, case_key, author, id, outcome, until, at, received, projected)
    select m.community_id, m.case_key, (${people}::uuid[])[1 + m.luck % 20], m.id || n, case n when 2 then 'reopened' else 'dismissed' end,
      w.at, w.at, w.at, true
    from ${reported} m cross join generate_series(1, case when m.luck % 20 = 1 then 3 else 1 end) as n
    cross join lateral (select m.at + 86400000 + n * (m.luck % 518400000) as at) w
    where m.luck % 10 > 0`.execute(db);
}

/** What is reported, each with a number that is as good as chance and always the same. */
const reported = sql`(
  select m.author, m.id, m.at, c.community_id, 'message/' || m.channel || '/' || m.author || '/' || m.id as case_key,
    abs(hashtext(m.channel || m.id)::bigint) as luck
  from message m join channel c on c.id = m.channel
  where hashtext(m.id || m.channel) % ${REPORTED} = 0)`;
