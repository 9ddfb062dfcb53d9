import { sql, type Kysely } from "kysely";

import { caseOf, pageOfCase } from "#shared/entries/kinds/report.ts";
import type { ChannelId, CommunityId, PageId } from "#shared/ids.ts";
import type { CasePage } from "#shared/protocol/http/moderation.ts";
import type { Database } from "#server/database/types.ts";

/** So much of a page's words. */
const EXCERPT = 600;

/** The pages that cases are about, also for those who may not read them: whoever reports a page shows it. */
export async function pagesOfCases(
  db: Kysely<Database>,
  keys: readonly string[],
): Promise<ReadonlyMap<string, CasePage>> {
  const { rows } = await sql<Row>`
    select p.id, p.community_id as community, p.channel_id as channel, p.title, p.deleted_at is null as is_there,
      left(coalesce(t.body, ''), ${EXCERPT}) as excerpt
    from page p left join page_text t on t.page_id = p.id
    where p.id = any(${keys.flatMap((key) => pageOfCase(key) ?? [])}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [caseOf({ of: "page", page: row.id }), shown(row)]));
}

interface Row {
  readonly id: PageId;
  readonly community: CommunityId;
  readonly channel: ChannelId | null;
  readonly title: string;
  readonly is_there: boolean;
  readonly excerpt: string;
}

const shown = ({ id, community, channel, title, is_there, excerpt }: Row): CasePage => ({
  id,
  community,
  ...(channel !== null && { channel }),
  ...(is_there && { title }),
  excerpt,
});
