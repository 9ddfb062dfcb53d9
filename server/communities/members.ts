import { sql, type Kysely } from "kysely";

import type { ChannelId, CommunityId, MemberId } from "#shared/ids.ts";
import type { Role } from "#shared/permissions/rules.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import { readCursor, writeCursor } from "#server/database/cursor.ts";
import { record } from "#server/audit/record.ts";
import { banOf } from "#server/cases/bans.ts";
import { refreshAbout } from "#server/cases/refresh.ts";
import type { Database } from "#server/database/types.ts";
import type { Consequences } from "#server/documents/authority-change.ts";

import { addMember } from "./communities.ts";
import { permit, reachCommunity } from "./reach.ts";

const PAGE = 50;

interface Question {
  readonly q?: string | undefined;
  readonly after?: string | undefined;
}

/** The members of a community by name. */
export async function members(db: Kysely<Database>, person: MemberId, id: CommunityId, question: Question) {
  const reach = await reachCommunity(db, person, id, "read");
  if (!reach.ok) return reach;
  const allowed = permit(reach.value, "member.list");
  if (!allowed.ok) return allowed;

  return ok(await membersOf(db, id, question));
}

/** The same for whoever has been let in already. */
export async function membersOf(db: Kysely<Database>, id: CommunityId, { q = "", after }: Question) {
  const rows = await page(db, id, q, readCursor(after, 2) ?? ["", ""]);
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  return { members: rows.slice(0, PAGE).map(asMember), next: last && writeCursor([last.sorted, last.id]) };
}

const page = (db: Kysely<Database>, id: CommunityId, q: string, [name, person]: readonly string[]) =>
  memberRows(db, id)
    .where(sql<boolean>`(${q} = '' or position(lower(${q}) in lower(p.name)) > 0)`)
    .where(sql<boolean>`(lower(p.name) collate "C", p.id::text collate "C") > (${name}, ${person})`)
    .orderBy("sorted")
    .orderBy("p.id")
    .limit(PAGE + 1)
    .execute();

const memberRows = (db: Kysely<Database>, id: CommunityId) =>
  db
    .selectFrom("membership as m")
    .innerJoin("person as p", "p.id", "m.person_id")
    .select(["p.id", "p.name", "m.role", "m.joined_at", sql<string>`lower(p.name) collate "C"`.as("sorted")])
    .where("m.community_id", "=", id);

const asMember = (row: {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly joined_at: Date;
}) => ({
  id: row.id as MemberId,
  name: row.name,
  role: row.role,
  joinedAt: row.joined_at.getTime(),
});

/** Comes into an open community by oneself. Nothing changes for whoever is in it already. */
export async function joinCommunity(
  trx: Kysely<Database>,
  consequences: Consequences,
  person: MemberId,
  id: CommunityId,
): Promise<Result<undefined, Failure>> {
  const reach = await reachCommunity(trx, person, id, "change");
  if (!reach.ok || reach.value.actor.role !== undefined) return reach.ok ? ok(undefined) : reach;
  const allowed = permit(reach.value, "community.join");
  if (!allowed.ok) return allowed;
  const ban = await banOf(trx, id, person);
  if (ban !== undefined) return fail(ban);

  await addMember(trx, id, person, "member");
  await record(trx, { actor: person, act: "member.join", target: { kind: "person", id: person }, community: id });
  consequences.people(person);
  return ok(undefined);
}

export async function leaveCommunity(
  trx: Kysely<Database>,
  consequences: Consequences,
  person: MemberId,
  id: CommunityId,
): Promise<Result<undefined, Failure>> {
  const reach = await reachCommunity(trx, person, id, "change");
  if (!reach.ok) return reach;
  if (reach.value.actor.role === undefined) return fail({ kind: "not-found" });
  if (!permit(reach.value, "community.leave").ok) return fail({ kind: "owner-stays" });

  await dropMember(trx, consequences, id, person);
  await record(trx, { actor: person, act: "member.leave", target: { kind: "person", id: person }, community: id });
  return ok(undefined);
}

/** What somebody may do in a community. One must stand above both what they are and what they shall be. */
export async function changeRole(
  trx: Kysely<Database>,
  consequences: Consequences,
  asker: MemberId,
  { id, person, role }: { readonly id: CommunityId; readonly person: MemberId; readonly role: Exclude<Role, "owner"> },
) {
  const reach = await reachCommunity(trx, asker, id, "change");
  if (!reach.ok) return reach;
  const before = await roleOf(trx, id, person);
  if (before === undefined || !permit(reach.value, "member.list").ok) return fail<Failure>({ kind: "not-found" });
  if (!permit(reach.value, "member.role", { role: before }).ok || !permit(reach.value, "member.role", { role }).ok)
    return fail<Failure>({ kind: "forbidden" });

  await trx
    .updateTable("membership")
    .set({ role })
    .where("community_id", "=", id)
    .where("person_id", "=", person)
    .execute();
  const about = { target: { kind: "person", id: person }, community: id } as const;
  await record(trx, { actor: asker, act: "member.role", ...about, details: { from: before, to: role } });
  await refreshAbout(trx, id, person);
  consequences.people(person);
  return ok(asMember(await memberRows(trx, id).where("p.id", "=", person).executeTakeFirstOrThrow()));
}

export async function removeMember(
  trx: Kysely<Database>,
  consequences: Consequences,
  asker: MemberId,
  { id, person }: { readonly id: CommunityId; readonly person: MemberId },
): Promise<Result<undefined, Failure>> {
  const reach = await reachCommunity(trx, asker, id, "change");
  if (!reach.ok) return reach;
  const role = await roleOf(trx, id, person);
  if (role === undefined || !permit(reach.value, "member.list").ok) return fail({ kind: "not-found" });
  if (!permit(reach.value, "member.remove", { role }).ok) return fail({ kind: "forbidden" });

  await dropMember(trx, consequences, id, person);
  const about = { target: { kind: "person", id: person }, community: id } as const;
  await record(trx, { actor: asker, act: "member.remove", ...about, details: { role } });
  return ok(undefined);
}

/** Hands a community over; whoever owned it becomes an admin. */
export async function transferCommunity(
  trx: Kysely<Database>,
  consequences: Consequences,
  owner: MemberId,
  { id, person }: { readonly id: CommunityId; readonly person: MemberId },
): Promise<Result<undefined, Failure>> {
  const reach = await reachCommunity(trx, owner, id, "change");
  if (!reach.ok) return reach;
  const allowed = permit(reach.value, "community.transfer");
  if (!allowed.ok) return allowed;
  if ((await roleOf(trx, id, person)) === undefined) return fail({ kind: "not-found" });
  if (person !== owner) await giveTo(trx, consequences, { actor: owner, id, person });
  return ok(undefined);
}

interface Gift {
  readonly actor: MemberId;
  readonly id: CommunityId;
  /** A member, who owns it then. */
  readonly person: MemberId;
}

/** Makes a member the owner; whoever was becomes an admin. */
export async function giveTo(
  trx: Kysely<Database>,
  consequences: Consequences,
  { actor, id, person }: Gift,
): Promise<void> {
  // The old owner first: at no moment are there two.
  const before = await trx
    .updateTable("membership")
    .set({ role: "admin" })
    .where("community_id", "=", id)
    .where("role", "=", "owner")
    .returning("person_id")
    .executeTakeFirst();
  await trx
    .updateTable("membership")
    .set({ role: "owner" })
    .where("community_id", "=", id)
    .where("person_id", "=", person)
    .execute();
  const about = { target: { kind: "person", id: person }, community: id } as const;
  await record(trx, { actor, act: "community.transfer", ...about, details: { from: before?.person_id ?? null } });
  consequences.people(person, ...(before === undefined ? [] : [before.person_id as MemberId]));
}

export const roleOf = async (trx: Kysely<Database>, id: CommunityId, person: MemberId): Promise<Role | undefined> =>
  (
    await trx
      .selectFrom("membership")
      .select("role")
      .where("community_id", "=", id)
      .where("person_id", "=", person)
      .executeTakeFirst()
  )?.role;

/** Takes somebody out of a community and of its private channels, whose other members are told; answers which those were. */
export async function dropMember(
  trx: Kysely<Database>,
  consequences: Consequences,
  id: CommunityId,
  person: MemberId,
): Promise<readonly ChannelId[]> {
  await trx.deleteFrom("membership").where("community_id", "=", id).where("person_id", "=", person).execute();
  const left = await trx
    .deleteFrom("participant")
    .where("person_id", "=", person)
    .where("channel_id", "in", trx.selectFrom("channel").select("id").where("community_id", "=", id))
    .returning("channel_id")
    .execute();

  const channels = left.map(({ channel_id }) => channel_id as ChannelId);
  channels.forEach((channel) => consequences.say({ kind: "channel", id: channel }, { kind: "left", member: person }));
  consequences.people(person);
  return channels;
}
