import type { Kysely, Selectable } from "kysely";

import type { Mirrored } from "#shared/entries/kinds/mirror.ts";
import type { ChannelId, CommunityId, MemberId, PageId } from "#shared/ids.ts";
import type { PageTable } from "#server/database/tables/page.ts";
import type { Database } from "#server/database/types.ts";

type PageRow = Pick<
  Selectable<PageTable>,
  "id" | "community_id" | "channel_id" | "title" | "kind" | "pinned" | "position"
>;

/** A page, as it is told to those who may read it. */
export const pageFacts = (row: PageRow) => ({
  id: row.id as PageId,
  community: row.community_id as CommunityId,
  ...(row.channel_id !== null && { channel: row.channel_id as ChannelId }),
  title: row.title,
  kind: row.kind,
  pinned: row.pinned,
  position: row.position,
});

export const pageShown = (row: PageRow): Mirrored => ({ of: "page", ...pageFacts(row) });

/** Pages that are there, in their order. */
export const standingPages = (db: Kysely<Database>) =>
  db
    .selectFrom("page as p")
    .selectAll("p")
    .where("p.deleted_at", "is", null)
    .orderBy("p.channel_id", (order) => order.asc().nullsFirst())
    .orderBy("p.position")
    .orderBy("p.id");

/** Those that every member of a community may read. */
export const openPagesOf = (db: Kysely<Database>, community: CommunityId) =>
  standingPages(db)
    .leftJoin("channel as c", "c.id", "p.channel_id")
    .where("p.community_id", "=", community)
    .where((eb) => eb.or([eb("c.id", "is", null), eb("c.private", "=", false)]))
    .execute();

/** Those of the private channels that a person is in. */
export const privatePagesOf = (db: Kysely<Database>, person: MemberId) =>
  standingPages(db)
    .innerJoin("channel as c", "c.id", "p.channel_id")
    .innerJoin("participant as i", "i.channel_id", "c.id")
    .innerJoin("membership as m", (join) =>
      join.onRef("m.community_id", "=", "c.community_id").onRef("m.person_id", "=", "i.person_id"),
    )
    .where("i.person_id", "=", person)
    .where("c.private", "=", true)
    .execute();
