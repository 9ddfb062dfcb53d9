import { sql, type Kysely } from "kysely";

import type { ChannelId, EntryId, MemberId } from "#shared/ids.ts";
import type { CaseMessage } from "#shared/protocol/http/moderation.ts";
import type { Database } from "#server/database/types.ts";

/** So many messages before and after the one that it is about. */
const AROUND = 2;

/**
 * The messages that cases are about, with what was said around them in channels that one may read. Whoever reports a
 * message in a conversation shows that message, and nothing else of it.
 */
export async function messagesAround(
  db: Kysely<Database>,
  me: MemberId,
  keys: readonly string[],
): Promise<ReadonlyMap<string, CaseMessage[]>> {
  const found = await Promise.all(keys.map(async (key) => [key, await messagesOf(db, me, key)] as const));
  return new Map(found);
}

async function messagesOf(db: Kysely<Database>, me: MemberId, key: string): Promise<CaseMessage[]> {
  const [, channel, author, id] = /^(?:message|appeal)\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(key) ?? [];
  if (id === undefined) return [];
  const { rows } = await sql<Row>`
    with aim as (
      select * from message where channel::text = ${channel} and author::text = ${author} and id = ${id}),
    around as (
      select m.* from aim join lateral (
        (select * from message m where m.channel = aim.channel
          and (m.position, m.at, m.author, m.id) < (aim.position, aim.at, aim.author, aim.id)
          order by position desc, at desc, author desc, id desc limit ${AROUND})
        union all
        (select * from message m where m.channel = aim.channel
          and (m.position, m.at, m.author, m.id) > (aim.position, aim.at, aim.author, aim.id)
          order by position, at, author, id limit ${AROUND})) m on true
      where exists (
        select from readable_channel r join channel c on c.id = r.channel
        where r.person = ${me} and r.channel = aim.channel and c.community_id is not null))
    select s.channel, s.author, s.id, s.segment, s.position, s.body, s.kind, s.hidden_by, s.hidden_reason, p.name, h.name as hider
    from (select * from aim union all select * from around) s
    join person p on p.id = s.author left join person h on h.id = s.hidden_by
    order by s.position, s.at, s.author, s.id`.execute(db);
  return rows.map(shown);
}

const shown = (row: Row): CaseMessage => ({
  channel: row.channel,
  author: { id: row.author, name: row.name },
  id: row.id,
  segment: row.segment,
  at: row.position,
  body: row.body,
  kind: row.kind,
  ...(row.hidden_by !== null && {
    hidden: { by: { id: row.hidden_by, name: row.hider ?? "" }, reason: row.hidden_reason ?? "" },
  }),
});

interface Row {
  readonly channel: ChannelId;
  readonly author: MemberId;
  readonly id: EntryId;
  readonly segment: number;
  readonly position: number;
  readonly body: string;
  readonly kind: "message" | "removed";
  readonly hidden_by: MemberId | null;
  readonly hidden_reason: string | null;
  readonly name: string;
  readonly hider: string | null;
}
