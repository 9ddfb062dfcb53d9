import { sql, type Kysely } from "kysely";

import type { ChannelId, CommunityId, MemberId, PageId } from "#shared/ids.ts";
import type { PageHit } from "#shared/protocol/http/search.ts";
import type { SearchQuery } from "#shared/search/query.ts";
import { queryOf } from "#server/database/text-search.ts";
import type { Database } from "#server/database/types.ts";

import { snippetOf } from "./snippet.ts";

/** Pages are few: the best of them are shown above all messages. */
const SHOWN = 5;

interface Found {
  readonly page: PageId;
  readonly community: CommunityId;
  readonly channel: ChannelId | null;
  readonly title: string;
  readonly body: string;
}

/** Pages with these words in their title or text, of all that somebody may read. Who wrote when is asked of messages alone. */
export async function searchPages(
  db: Kysely<Database>,
  person: MemberId,
  { phrases, from, in: places, since, until }: SearchQuery,
): Promise<readonly PageHit[]> {
  if (phrases.length === 0 || from.length > 0 || since !== undefined || until !== undefined) return [];
  const wanted = places.map((name) => name.toLowerCase());
  const { rows } = await sql<Found>`
    select p.id as page, p.community_id as community, p.channel_id as channel, p.title, coalesce(t.body, '') as body
    from readable_page r join page p on p.id = r.page
    left join page_text t on t.page_id = p.id
    left join channel c on c.id = p.channel_id
    where r.person = ${person}
      and (cardinality(${wanted}::text[]) = 0 or lower(c.name) = any(${wanted}::text[]) or c.id::text = any(${wanted}::text[]))
      and (p.title_terms || coalesce(t.terms, '')) @@ ${queryOf(phrases, undefined, undefined)}::tsquery
    order by p.pinned desc, ts_rank(p.title_terms || coalesce(t.terms, ''), ${queryOf(phrases, undefined, undefined)}::tsquery) desc, p.id
    limit ${SHOWN}`.execute(db);
  return rows.map(({ page, community, channel, title, body }) => ({
    page,
    community,
    ...(channel !== null && { channel }),
    title,
    snippet: [...snippetOf(body, phrases)],
  }));
}
