import { sql, type Kysely } from "kysely";

import type { EntryOf } from "#shared/entries/kinds.ts";
import type { CommunityId, MemberId, PageId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";

export const communityOfPage = async (trx: Kysely<Database>, page: PageId): Promise<CommunityId | undefined> => {
  const row = await trx.selectFrom("page").select("community_id").where("id", "=", page).executeTakeFirst();
  return row?.community_id as CommunityId | undefined;
};

/**
 * Whom a report of a page concerns: who had written there last when it was received. Found out once and kept, however
 * often the report is projected. Taking it back changes nothing.
 */
export async function concernedByPage(
  trx: Kysely<Database>,
  reporter: MemberId,
  page: PageId,
  { id, at, open }: EntryOf<"report">,
): Promise<MemberId | undefined> {
  await sql`
    insert into reported_page (page_id, reporter, about, at, id)
    select ${page}, ${reporter}, w.author, ${at}, ${id} from (${lastAuthor(reporter, page, id)}) w where w.author is not null
    on conflict (page_id, reporter) do update set about = excluded.about, at = excluded.at, id = excluded.id
    where ${open} and (reported_page.at, reported_page.id) < (excluded.at, excluded.id)`.execute(trx);
  const row = await trx
    .selectFrom("reported_page")
    .select("about")
    .where("page_id", "=", page)
    .where("reporter", "=", reporter)
    .executeTakeFirst();
  return row?.about as MemberId | undefined;
}

/** The journal knows what the history has not noted yet; the history knows what the journal has forgotten. */
const lastAuthor = (reporter: MemberId, page: PageId, id: string) => sql`
  select coalesce(
    (select j.author from journal j
      where j.document = 'page:' || p.id and j.author is not null and j.received <= k.received
      order by j.version desc limit 1),
    (select v.authors[cardinality(v.authors)] from page_version v
      where v.page_id = p.id and cardinality(v.authors) > 0 and v.began <= k.received
      order by v.version desc limit 1),
    p.created_by,
    (select m.person_id from membership m where m.community_id = p.community_id and m.role = 'owner')) as author
  from page p, entry_key k
  where p.id = ${page} and k.channel = ${reporter} and k.author = ${reporter} and k.id = ${id}`;
