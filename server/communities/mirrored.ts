import type { Kysely } from "kysely";

import type { Mirrored } from "#shared/entries/kinds/mirror.ts";
import type { ChannelId, CommunityId, MemberId } from "#shared/ids.ts";
import { openPagesOf, pageShown, privatePagesOf } from "./page-facts.ts";
import type { Database } from "#server/database/types.ts";

/** What every member of a community may see of it: itself and its public channels. A private one is not even named. */
export async function shownInCommunity(db: Kysely<Database>, id: CommunityId): Promise<readonly Mirrored[]> {
  const [community, channels, pages] = await Promise.all([
    db.selectFrom("community").selectAll().where("id", "=", id).executeTakeFirst(),
    db
      .selectFrom("channel")
      .selectAll()
      .where("community_id", "=", id)
      .where("private", "=", false)
      .orderBy("position")
      .execute(),
    openPagesOf(db, id),
  ]);
  if (community === undefined) return [];

  const { name, description, rules, hue, access, archived_at } = community;
  return [
    { of: "community", id, name, description, rules, hue, access, archived: archived_at !== null },
    ...channels.map(channelShown),
    ...pages.map(pageShown),
  ];
}

/** Where a person belongs: communities, private channels, conversations. */
export async function shownInHome(db: Kysely<Database>, person: MemberId): Promise<readonly Mirrored[]> {
  const [memberships, channels, pages, conversations] = await Promise.all([
    db
      .selectFrom("membership")
      .select(["community_id", "role", "muted_until"])
      .where("person_id", "=", person)
      .execute(),
    privateChannels(db, person),
    privatePagesOf(db, person),
    conversationsOf(db, person),
  ]);

  return [
    ...memberships.map(({ community_id, role, muted_until }): Mirrored => ({
      of: "membership",
      community: community_id as CommunityId,
      role,
      ...(muted_until !== null && { muted: muted_until.getTime() }),
    })),
    ...channels.map(channelShown),
    ...pages.map(pageShown),
    ...conversations.map((conversation): Mirrored => ({ of: "conversation", ...conversation })),
  ];
}

const privateChannels = (db: Kysely<Database>, person: MemberId) =>
  db
    .selectFrom("participant as p")
    .innerJoin("channel as c", "c.id", "p.channel_id")
    .innerJoin("membership as m", (join) =>
      join.onRef("m.community_id", "=", "c.community_id").onRef("m.person_id", "=", "p.person_id"),
    )
    .selectAll("c")
    .where("p.person_id", "=", person)
    .where("c.private", "=", true)
    .execute();

/** Conversations that a person takes part in, with everybody in them. */
export async function conversationsOf(db: Kysely<Database>, person: MemberId) {
  const rows = await db
    .selectFrom("participant as mine")
    .innerJoin("channel as c", "c.id", "mine.channel_id")
    .innerJoin("participant as p", "p.channel_id", "c.id")
    .select(["c.id", "c.kind", "c.name", "p.person_id"])
    .where("mine.person_id", "=", person)
    .where("c.community_id", "is", null)
    .orderBy("c.id")
    .orderBy("p.person_id")
    .execute();

  return [...Map.groupBy(rows, ({ id }) => id)].map(([id, people]) => ({
    id: id as ChannelId,
    kind: people[0]?.kind as "direct" | "group" | "saved",
    name: people[0]?.name ?? "",
    participants: people.map(({ person_id }) => person_id as MemberId),
  }));
}

interface ChannelRow {
  readonly id: string;
  readonly community_id: string | null;
  readonly name: string;
  readonly topic: string;
  readonly kind: string;
  readonly private: boolean;
  readonly position: number;
  readonly archived_at: Date | null;
  readonly locked_at: Date | null;
  readonly slow_seconds: number;
}

/** A channel of a community, as it is told to those who may read it. */
export const channelFacts = (row: ChannelRow) => ({
  id: row.id as ChannelId,
  community: row.community_id as CommunityId,
  name: row.name,
  topic: row.topic,
  kind: row.kind as "chat" | "broadcast",
  private: row.private,
  position: row.position,
  archived: row.archived_at !== null,
  ...(row.locked_at !== null && { locked: true }),
  ...(row.slow_seconds > 0 && { slow: row.slow_seconds }),
});

const channelShown = (row: ChannelRow): Mirrored => ({ of: "channel", ...channelFacts(row) });
