import { sql, type Kysely } from "kysely";
import { v7 as uuid } from "uuid";

import { deskOf, type ChannelId, type CommunityId, type MemberId } from "#shared/ids.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import { changedFields, record } from "#server/audit/record.ts";
import type { Database } from "#server/database/types.ts";
import type { Consequences } from "#server/documents/authority-change.ts";
import { openLog } from "#server/documents/open.ts";
import { holdCommunity } from "#server/documents/hold-channels.ts";

import { permit, reachCommunity } from "./reach.ts";

interface Settings {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly rules?: string | undefined;
  readonly hue?: number | undefined;
  readonly access?: "open" | "invitation" | undefined;
}

const MAX_OWNED = 50;

/** A new community with its owner and one channel to begin in. */
export async function createCommunity(
  trx: Kysely<Database>,
  consequences: Consequences,
  person: MemberId,
  {
    access = "invitation",
    channel = "general",
    name,
    ...settings
  }: Settings & { readonly name: string; readonly channel?: string | undefined },
): Promise<Result<CommunityId, Failure>> {
  if ((await countOwned(trx, person)) >= MAX_OWNED) return fail({ kind: "too-many" });

  const id = uuid() as CommunityId;
  await trx
    .insertInto("community")
    .values({ id, name, ...settings, access, archived_at: null })
    .execute();
  await openLog(trx, { kind: "community", id });
  await openLog(trx, { kind: "desk", id: deskOf(id) });
  await addMember(trx, id, person, "owner");
  await openFirstChannel(trx, id, channel);
  await record(trx, {
    actor: person,
    act: "community.create",
    target: { kind: "community", id, name },
    community: id,
    details: { access },
  });
  consequences.community(id);
  consequences.people(person);
  return ok(id);
}

const countOwned = async (trx: Kysely<Database>, person: MemberId): Promise<number> =>
  (
    await trx
      .selectFrom("membership")
      .select("community_id")
      .where("person_id", "=", person)
      .where("role", "=", "owner")
      .execute()
  ).length;

async function openFirstChannel(trx: Kysely<Database>, community: CommunityId, name: string): Promise<void> {
  const id = uuid() as ChannelId;
  await trx
    .insertInto("channel")
    .values({ id, kind: "chat", community_id: community, name, pair: null, archived_at: null })
    .execute();
  await openLog(trx, { kind: "channel", id });
}

/** What it is called, looks like and lets in, and whether it can still be written in. */
export async function changeCommunity(
  trx: Kysely<Database>,
  consequences: Consequences,
  person: MemberId,
  id: CommunityId,
  { archived, ...settings }: Settings & { readonly archived?: boolean | undefined },
): Promise<Result<undefined, Failure>> {
  const reach = await reachCommunity(trx, person, id, "change");
  if (!reach.ok) return reach;
  const allowed = permit(reach.value, "community.manage");
  if (!allowed.ok) return allowed;

  // What waits to be deleted is kept first: it would be open, and gone one day all the same.
  if (archived === false && (await isDeleted(trx, id))) return fail({ kind: "archived" });
  if (archived !== undefined) await setArchived(trx, id, archived);
  const known = Object.entries(settings).filter(([, value]) => value !== undefined);
  if (known.length > 0)
    await trx.updateTable("community").set(Object.fromEntries(known)).where("id", "=", id).execute();
  await recordChange(trx, person, id, settings, archived);
  consequences.community(id);
  return ok(undefined);
}

async function recordChange(
  trx: Kysely<Database>,
  actor: MemberId,
  id: CommunityId,
  settings: Settings,
  archived: boolean | undefined,
): Promise<void> {
  const { name } = await trx.selectFrom("community").select("name").where("id", "=", id).executeTakeFirstOrThrow();
  const about = { actor, target: { kind: "community", id, name }, community: id } as const;
  const fields = changedFields(settings);
  if (fields.length > 0) await record(trx, { ...about, act: "community.change", details: { fields } });
  if (archived !== undefined) await record(trx, { ...about, act: archived ? "community.archive" : "community.reopen" });
}

const isDeleted = async (trx: Kysely<Database>, id: CommunityId): Promise<boolean> =>
  (await trx.selectFrom("community").select("delete_at").where("id", "=", id).executeTakeFirst())?.delete_at !== null;

/** Closes a community for everybody who writes, or opens it again. Waits for those who are writing. */
export async function setArchived(trx: Kysely<Database>, id: CommunityId, archived: boolean): Promise<void> {
  await holdCommunity(trx, id);
  const archived_at = archived ? sql<Date>`coalesce(archived_at, now())` : null;
  await trx.updateTable("community").set({ archived_at }).where("id", "=", id).execute();
}

/** When the last of somebody's mutes ends, to be kept with their membership. */
export const mutedUntil = (community: CommunityId, person: MemberId) => sql<Date | null>`(
  select max(until) from measure
  where community_id = ${community} and person_id = ${person} and kind = 'mute' and lifted_at is null and until > now())`;

/** Makes somebody a member, unless they are one; tells whether they have become one. */
export async function addMember(
  trx: Kysely<Database>,
  community: CommunityId,
  person: MemberId,
  role: "owner" | "member" | "guest",
): Promise<boolean> {
  const added = await trx
    .insertInto("membership")
    // Whoever was muted and left comes back muted.
    .values({ community_id: community, person_id: person, role, muted_until: mutedUntil(community, person) })
    .onConflict((conflict) => conflict.columns(["community_id", "person_id"]).doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows !== 1n) return false;
  await forgetTaken(trx, community, person);
  return true;
}

/** Whoever is in again has lost nothing: undone later, an old measure gives back nothing, and keeps nobody out. */
export const forgetTaken = (trx: Kysely<Database>, community: CommunityId, person: MemberId) =>
  trx
    .updateTable("measure")
    .set({ role: null, channels: [] })
    .where("community_id", "=", community)
    .where("person_id", "=", person)
    .execute();
