import { sql, type Kysely } from "kysely";

import type { ChannelId, MemberId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";

export interface Unread {
  readonly channel: ChannelId;
  /** Counted up to 1,000. */
  readonly messages: number;
  readonly mentions: number;
}

/** Beyond this the number says nothing more, and counting it would take longer the longer somebody was away. */
const MANY = 1_000;

/**
 * What others wrote beyond one's read marker, in each channel that one may read now. Before the first marker it counts
 * from the moment one came in: nobody is told of years that they have not been there for.
 */
export async function unreadCounts(db: Kysely<Database>, person: MemberId): Promise<readonly Unread[]> {
  const { rows } = await sql<Unread>`
    select r.channel, unread.messages::integer as messages, mentioned.mentions::integer as mentions
    from (
      select readable.channel, coalesce(marker.read, min(extract(epoch from readable.since) * 1000)::bigint) as read
      from readable_channel readable left join marker on marker.person = readable.person and marker.channel = readable.channel
      where readable.person = ${person}
      group by readable.channel, marker.read) r
    cross join lateral (
      select count(*) as messages from (
        select from message m
        where m.channel = r.channel and m.terms is not null and m.position > r.read and m.author <> ${person}
        limit ${MANY}) counted) unread
    cross join lateral (
      select count(*) as mentions from (
        select from mention
        where mention.member = ${person} and mention.channel = r.channel and mention.position > r.read and mention.author <> ${person}
        limit ${MANY}) counted) mentioned
    where unread.messages > 0`.execute(db);
  return rows;
}
