import { sql, type Kysely } from "kysely";
import { v7 as uuid } from "uuid";

import type { ChannelId, CommunityId, MemberId } from "#shared/ids.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import { changedFields, record } from "#server/audit/record.ts";
import type { Database } from "#server/database/types.ts";
import type { Consequences } from "#server/documents/authority-change.ts";
import { openLog } from "#server/documents/open.ts";
import { holdChannels } from "#server/documents/hold-channels.ts";

import { channelFacts } from "./mirrored.ts";
import { letInto, participantsOf, recordLetIn } from "./participants.ts";
import { permit, reachChannel, reachCommunity } from "./reach.ts";

const MAX_CHANNELS = 500;

interface NewChannel {
  readonly name: string;
  readonly topic?: string | undefined;
  readonly kind?: "chat" | "broadcast" | undefined;
  readonly private?: boolean | undefined;
  readonly people?: readonly MemberId[] | undefined;
}

/** A new channel at the end of the list. Whoever makes a private one is in it. */
export async function createChannel(
  trx: Kysely<Database>,
  consequences: Consequences,
  person: MemberId,
  community: CommunityId,
  { name, topic = "", kind = "chat", private: isPrivate = false, people = [] }: NewChannel,
) {
  const reach = await reachCommunity(trx, person, community, "change");
  if (!reach.ok) return reach;
  const allowed = permit(reach.value, "channel.create");
  if (!allowed.ok) return allowed;
  const list = await channelList(trx, community);
  if (list.length >= MAX_CHANNELS) return fail<Failure>({ kind: "too-many" });
  if (isTaken(list, name)) return nameTaken;

  const id = uuid() as ChannelId;
  const facts = { name, topic, kind, private: isPrivate, position: list.length };
  await trx
    .insertInto("channel")
    .values({ id, community_id: community, pair: null, archived_at: null, ...facts })
    .execute();
  await openLog(trx, { kind: "channel", id });
  const what = { kind, private: isPrivate };
  await record(trx, {
    actor: person,
    act: "channel.create",
    target: { kind: "channel", id, name },
    community,
    details: what,
  });
  if (isPrivate) {
    const place = { id, community };
    await recordLetIn(trx, person, place, await letInto(trx, consequences, place, [person, ...people]));
  } else consequences.community(community);
  return ok({ id, community, archived: false, ...facts });
}

const nameTaken: Result<never, Failure> = fail({ kind: "name-taken", fields: [{ field: "name", problem: "invalid" }] });

interface ListedChannel {
  readonly id: string;
  readonly name: string;
  readonly private: boolean;
  readonly position: number;
  readonly archived_at: Date | null;
}

const channelList = (trx: Kysely<Database>, community: CommunityId): Promise<readonly ListedChannel[]> =>
  trx
    .selectFrom("channel")
    .select(["id", "name", "private", "position", "archived_at"])
    .where("community_id", "=", community)
    .orderBy("position")
    .orderBy("id")
    .execute();

const isTaken = (list: readonly ListedChannel[], name: string, besides?: ChannelId): boolean =>
  list.some(
    (channel) =>
      channel.archived_at === null && channel.id !== besides && channel.name.toLowerCase() === name.toLowerCase(),
  );

/** The channels of a community that a person may read, in their order. */
export async function channelsOf(db: Kysely<Database>, person: MemberId, community: CommunityId) {
  const reach = await reachCommunity(db, person, community, "read");
  if (!reach.ok) return reach;
  const allowed = permit(reach.value, "document.read");
  if (!allowed.ok) return allowed;

  const rows = await db
    .selectFrom("channel as c")
    .leftJoin("participant as p", (join) => join.onRef("p.channel_id", "=", "c.id").on("p.person_id", "=", person))
    .selectAll("c")
    .where("c.community_id", "=", community)
    .where(sql<boolean>`(not c.private or p.person_id is not null)`)
    .orderBy("c.position")
    .orderBy("c.id")
    .execute();
  return ok({ channels: rows.map(channelFacts) });
}

/** One channel that a person may read. */
export async function channelOf(db: Kysely<Database>, person: MemberId, id: ChannelId) {
  const reach = await reachChannel(db, person, id, "read");
  return reach.ok ? ok(channelFacts(await rowOf(db, id))) : reach;
}

const rowOf = (db: Kysely<Database>, id: ChannelId) =>
  db.selectFrom("channel").selectAll().where("id", "=", id).executeTakeFirstOrThrow();

interface ChannelChange {
  readonly name?: string | undefined;
  readonly topic?: string | undefined;
  readonly position?: number | undefined;
  readonly archived?: boolean | undefined;
}

/** Name, topic, place in the list, and whether it can still be written in. */
export async function changeChannel(
  trx: Kysely<Database>,
  consequences: Consequences,
  person: MemberId,
  id: ChannelId,
  change: ChannelChange,
) {
  const reach = await reachChannel(trx, person, id, "change");
  if (!reach.ok) return reach;
  const allowed = permit(reach.value, "channel.manage");
  if (!allowed.ok) return allowed;

  const before = await rowOf(trx, id);
  const list = await channelList(trx, reach.value.community);
  const open = change.archived === undefined ? before.archived_at === null : !change.archived;
  if (open && isTaken(list, change.name ?? before.name, id)) return nameTaken;

  await writeChange(trx, id, change);
  const moved = change.position === undefined ? [] : await move(trx, list, id, change.position);
  if (open !== (before.archived_at === null))
    consequences.say({ kind: "channel", id }, { kind: "archived", on: !open });
  await recordChange(trx, person, { id, name: before.name, community: reach.value.community }, change);
  await tell(trx, consequences, reach.value.community, [before, ...moved]);
  return ok(channelFacts(await rowOf(trx, id)));
}

async function recordChange(
  trx: Kysely<Database>,
  actor: MemberId,
  { id, name, community }: { readonly id: ChannelId; readonly name: string; readonly community: CommunityId },
  { archived, ...settings }: ChannelChange,
): Promise<void> {
  const about = { actor, target: { kind: "channel", id, name }, community } as const;
  const fields = changedFields(settings);
  if (fields.length > 0) await record(trx, { ...about, act: "channel.change", details: { fields } });
  if (archived !== undefined) await record(trx, { ...about, act: archived ? "channel.archive" : "channel.reopen" });
}

async function writeChange(
  trx: Kysely<Database>,
  id: ChannelId,
  { name, topic, archived }: ChannelChange,
): Promise<void> {
  if (archived !== undefined) await holdChannels(trx, [id]);
  const archivedAt = archived === undefined ? undefined : archived ? sql<Date>`coalesce(archived_at, now())` : null;
  const changes = Object.entries({ name, topic, archived_at: archivedAt }).filter(([, value]) => value !== undefined);
  if (changes.length > 0)
    await trx.updateTable("channel").set(Object.fromEntries(changes)).where("id", "=", id).execute();
}

/** Puts a channel at a place in the list, and answers whichever stand elsewhere than before. */
async function move(
  trx: Kysely<Database>,
  list: readonly ListedChannel[],
  id: ChannelId,
  position: number,
): Promise<readonly ListedChannel[]> {
  const moving = list.filter((channel) => channel.id === id);
  const order = list.filter((channel) => channel.id !== id).toSpliced(position, 0, ...moving);
  const moved = order.filter((channel, index) => channel.position !== index);

  await sql`
    update channel set position = placed.position - 1
    from unnest(${order.map((channel) => channel.id)}::uuid[]) with ordinality as placed (id, position)
    where channel.id = placed.id and channel.position <> placed.position - 1`.execute(trx);
  return moved;
}

/** The channel as it is now, after something about it has changed that is shown to those who may read it. */
export async function changedChannel(
  trx: Kysely<Database>,
  consequences: Consequences,
  community: CommunityId,
  id: ChannelId,
) {
  const row = await rowOf(trx, id);
  await tell(trx, consequences, community, [row]);
  return ok(channelFacts(row));
}

/** A public channel is shown by its community, a private one in the homes of those in it. */
async function tell(
  trx: Kysely<Database>,
  consequences: Consequences,
  community: CommunityId,
  channels: readonly ListedChannel[],
): Promise<void> {
  if (channels.some((channel) => !channel.private)) consequences.community(community);
  for (const { id } of channels.filter((channel) => channel.private)) {
    consequences.channel(id as ChannelId);
    consequences.people(...(await participantsOf(trx, id as ChannelId)).map((profile) => profile.id));
  }
}
