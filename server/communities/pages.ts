import { sql, type Kysely } from "kysely";
import { v7 as uuid } from "uuid";

import { pageDocument } from "#shared/documents/names.ts";
import type { ChannelId, CommunityId, MemberId, PageId } from "#shared/ids.ts";
import type { Action } from "#shared/permissions/rules.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import type { Page, PageKind } from "#shared/protocol/http/page.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import { wordTerms } from "#server/database/text-search.ts";
import { changedFields, record } from "#server/audit/record.ts";
import type { Database } from "#server/database/types.ts";
import type { Consequences } from "#server/documents/authority-change.ts";
import { openPage } from "#server/documents/open.ts";
import { lockPage } from "#server/documents/page-lock.ts";

import { pageFacts, standingPages } from "./page-facts.ts";
import { participantsOf } from "./participants.ts";
import { permit, reachChannel, reachCommunity, reachPage } from "./reach.ts";

const MAX_PAGES = 300;

interface NewPage {
  readonly title: string;
  readonly kind?: PageKind | undefined;
  readonly channel?: ChannelId | undefined;
  readonly pinned?: boolean | undefined;
}

/** A new, empty page at the end of the list of its channel or community. */
export async function createPage(
  trx: Kysely<Database>,
  consequences: Consequences,
  person: MemberId,
  community: CommunityId,
  { title, kind = "post", channel, pinned = false }: NewPage,
): Promise<Result<Page, Failure>> {
  const home = await reachCommunity(trx, person, community, "change");
  const reach = channel === undefined || !home.ok ? home : await reachChannel(trx, person, channel, "change");
  if (!reach.ok) return reach;
  if ("community" in reach.value && reach.value.community !== community) return fail({ kind: "not-found" });
  const allowed = permit(reach.value, "page.create");
  if (!allowed.ok) return allowed;
  if ((await pagesIn(trx, community)) >= MAX_PAGES) return fail({ kind: "too-many" });

  const id = uuid() as PageId;
  const siblings = await siblingsOf(trx, community, channel ?? null);
  await trx
    .insertInto("page")
    .values({
      id,
      community_id: community,
      channel_id: channel ?? null,
      title,
      kind,
      pinned,
      position: siblings.length,
      created_by: person,
      title_terms: wordTerms(title),
    })
    .execute();
  await openPage(trx, id);
  await record(trx, { actor: person, act: "page.create", target: { kind: "page", id, name: title }, community });
  await tell(trx, consequences, community, channel, reach.value.target.private === true);
  return ok({ id, community, ...(channel && { channel }), title, kind, pinned, position: siblings.length });
}

async function pagesIn(trx: Kysely<Database>, community: CommunityId): Promise<number> {
  const row = await trx
    .selectFrom("page")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("community_id", "=", community)
    .where("deleted_at", "is", null)
    .executeTakeFirstOrThrow();
  return row.count;
}

const siblingsOf = async (
  trx: Kysely<Database>,
  community: string,
  channel: string | null,
): Promise<readonly string[]> =>
  (
    await standingPages(trx)
      .where("p.community_id", "=", community)
      .where("p.channel_id", "is not distinct from", channel)
      .execute()
  ).map((row) => row.id);

/** The pages of a community that a person may read, in their order. */
export async function pagesOf(db: Kysely<Database>, person: MemberId, community: CommunityId) {
  const reach = await reachCommunity(db, person, community, "read");
  if (!reach.ok) return reach;
  const allowed = permit(reach.value, "document.read");
  if (!allowed.ok) return allowed;

  const rows = await standingPages(db)
    .innerJoin("readable_page as r", "r.page", "p.id")
    .where("r.person", "=", person)
    .where("p.community_id", "=", community)
    .execute();
  return ok({ pages: rows.map(pageFacts) });
}

/** One page that a person may read. */
export async function pageOf(db: Kysely<Database>, person: MemberId, id: PageId): Promise<Result<Page, Failure>> {
  const reach = await reachPage(db, person, id, "read");
  return reach.ok ? ok(pageFacts(reach.value.row)) : reach;
}

interface PageChange {
  readonly title?: string | undefined;
  readonly kind?: PageKind | undefined;
  readonly pinned?: boolean | undefined;
  readonly position?: number | undefined;
}

/** Its title, what it is, whether it is pinned, and its place in the list. */
export async function changePage(
  trx: Kysely<Database>,
  consequences: Consequences,
  person: MemberId,
  id: PageId,
  { position, ...change }: PageChange,
): Promise<Result<Page, Failure>> {
  const held = await holdPage(trx, person, id, "page.manage");
  if (!held.ok) return held;
  const { row, isPrivate } = held.value;

  if (Object.values(change).some((value) => value !== undefined))
    await trx
      .updateTable("page")
      .set({ ...change, ...(change.title !== undefined && { title_terms: wordTerms(change.title) }) })
      .where("id", "=", id)
      .execute();
  const about = {
    actor: person,
    target: { kind: "page", id, name: row.title },
    community: row.community_id as CommunityId,
  } as const;
  await record(trx, { ...about, act: "page.change", details: { fields: changedFields({ ...change, position }) } });
  if (position !== undefined) await move(trx, await siblingsOf(trx, row.community_id, row.channel_id), id, position);
  await tell(trx, consequences, row.community_id as CommunityId, row.channel_id as ChannelId | null, isPrivate);
  return ok(pageFacts(await trx.selectFrom("page").selectAll().where("id", "=", id).executeTakeFirstOrThrow()));
}

async function move(trx: Kysely<Database>, siblings: readonly string[], id: PageId, position: number): Promise<void> {
  const order = siblings.filter((sibling) => sibling !== id).toSpliced(position, 0, id);
  await sql`
    update page set position = placed.position - 1
    from unnest(${order}::uuid[]) with ordinality as placed (id, position)
    where page.id = placed.id and page.position <> placed.position - 1`.execute(trx);
}

/** Deletes a page with all that it says and ever said. Its id stays known, so that it never comes back. */
export async function deletePage(
  trx: Kysely<Database>,
  consequences: Consequences,
  person: MemberId,
  id: PageId,
): Promise<Result<undefined, Failure>> {
  // First of all: whoever notes what it says would wait for what is locked here.
  await lockPage(trx, id);
  const held = await holdPage(trx, person, id, "page.manage");
  if (!held.ok) return held;
  const { row, isPrivate } = held.value;

  const about = { actor: person, target: { kind: "page", id, name: row.title } } as const;
  await record(trx, { ...about, act: "page.delete", community: row.community_id as CommunityId });
  await sql`update page set title = '', title_terms = '', deleted_at = now() where id = ${id}`.execute(trx);
  await trx.deleteFrom("page_version").where("page_id", "=", id).execute();
  await trx.deleteFrom("page_text").where("page_id", "=", id).execute();
  await trx.deleteFrom("checkpoint").where("document", "=", pageDocument(id)).execute();
  await trx.deleteFrom("document").where("name", "=", pageDocument(id)).execute();
  await tell(trx, consequences, row.community_id as CommunityId, row.channel_id as ChannelId | null, isPrivate);
  return ok(undefined);
}

/** Waits for those who are writing there: whoever writes after this finds what was decided. */
async function holdPage(trx: Kysely<Database>, person: MemberId, id: PageId, action: Action) {
  const reach = await reachPage(trx, person, id, "change");
  if (!reach.ok) return reach;
  const allowed = permit(reach.value, action);
  if (!allowed.ok) return allowed;
  await sql`select from document where name = ${pageDocument(id)} for update`.execute(trx);
  return ok({ row: reach.value.row, isPrivate: reach.value.target.private === true });
}

/** A page of a private channel is shown in the homes of those in it, all others by their community. */
async function tell(
  trx: Kysely<Database>,
  consequences: Consequences,
  community: CommunityId,
  channel: ChannelId | null | undefined,
  isPrivate: boolean,
): Promise<void> {
  if (!isPrivate || channel === null || channel === undefined) return consequences.community(community);
  consequences.channel(channel);
  consequences.people(...(await participantsOf(trx, channel)).map((profile) => profile.id));
}
