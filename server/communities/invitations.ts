import { sql, type Kysely } from "kysely";
import { v7 as uuid } from "uuid";

import type { CommunityId, MemberId } from "#shared/ids.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import { record } from "#server/audit/record.ts";
import { banOf } from "#server/cases/bans.ts";
import type { Database } from "#server/database/types.ts";
import type { Consequences } from "#server/documents/authority-change.ts";
import { hashToken, newToken } from "#server/database/tokens.ts";

import { addMember } from "./communities.ts";
import { permit, reachCommunity } from "./reach.ts";

const MAX_INVITATIONS = 100;
const HOUR = 3_600_000;

interface Terms {
  readonly role?: "member" | "guest" | undefined;
  readonly uses?: number | undefined;
  readonly hours?: number | undefined;
}

/** Makes a link into a community. The token is told this once: the tables keep its hash. */
export async function invite(
  trx: Kysely<Database>,
  person: MemberId,
  community: CommunityId,
  { role = "member", uses, hours }: Terms,
) {
  const reach = await mayInvite(trx, person, community, "change");
  if (!reach.ok) return reach;
  if ((await standing(trx, community).select("i.id").execute()).length >= MAX_INVITATIONS)
    return fail<Failure>({ kind: "too-many" });

  const id = uuid();
  const token = newToken();
  const expires_at = hours === undefined ? null : new Date(Date.now() + hours * HOUR);
  const terms = { role, uses_left: uses ?? null, expires_at, revoked_at: null };
  await trx
    .insertInto("invitation")
    .values({ id, token_hash: hashToken(token), community_id: community, created_by: person, ...terms })
    .execute();
  await record(trx, {
    actor: person,
    act: "invitation.make",
    target: { kind: "invitation", id },
    community,
    details: { role, uses: uses ?? null, hours: hours ?? null },
  });

  return ok({
    token,
    invitation: asInvitation(await lines(trx, community).where("i.id", "=", id).executeTakeFirstOrThrow()),
  });
}

/** The invitations that still open the door. */
export async function invitations(db: Kysely<Database>, person: MemberId, community: CommunityId) {
  const reach = await mayInvite(db, person, community, "read");
  if (!reach.ok) return reach;
  const rows = await lines(db, community).orderBy("i.created_at", "desc").execute();
  return ok({ invitations: rows.map(asInvitation) });
}

export async function revokeInvitation(
  trx: Kysely<Database>,
  person: MemberId,
  community: CommunityId,
  id: string,
): Promise<Result<undefined, Failure>> {
  const reach = await mayInvite(trx, person, community, "change");
  if (!reach.ok) return reach;
  const revoked = await trx
    .updateTable("invitation")
    .set({ revoked_at: sql`now()` })
    .where("id", "=", id)
    .where("community_id", "=", community)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  if (revoked.numUpdatedRows !== 1n) return fail({ kind: "not-found" });
  await record(trx, { actor: person, act: "invitation.revoke", target: { kind: "invitation", id }, community });
  return ok(undefined);
}

/** What an invitation is for. One answer for an unknown, an expired, a revoked and a used up one. */
export async function previewInvitation(db: Kysely<Database>, person: MemberId | undefined, token: string) {
  const row = await open(db, token)
    .select(["c.id", "c.name", "c.description", "c.rules", "c.hue", "i.role", "i.created_by"])
    .select(sql<number>`(select count(*) from membership m where m.community_id = c.id)`.as("members"))
    .executeTakeFirst();
  if (row === undefined) return fail({ kind: "invitation-void" } as const);

  const { id, name, description, rules, hue, members, role } = row;
  const member = person !== undefined && (await isMember(db, id as CommunityId, person));
  return ok({ community: { id: id as CommunityId, name, description, rules, hue, members }, role, member });
}

/** Comes in. Costs a use only where one was not a member before; of ten at once with three uses, three come in. */
export async function acceptInvitation(
  trx: Kysely<Database>,
  consequences: Consequences,
  person: MemberId,
  token: string,
): Promise<Result<CommunityId, Failure>> {
  // The community first, as every change of it does: what moderators are deciding about this person is waited for.
  await open(trx, token).select("c.id").forUpdate("c").execute();
  const row = await open(trx, token)
    .select(["i.id", "i.role", "i.uses_left", "c.id as community"])
    .forUpdate("i")
    .executeTakeFirst();
  if (row === undefined) return fail({ kind: "invitation-void" });

  const community = row.community as CommunityId;
  const ban = await banOf(trx, community, person);
  if (ban !== undefined) return fail(ban);
  if (!(await addMember(trx, community, person, row.role))) return ok(community);
  const about = { target: { kind: "person", id: person }, community } as const;
  await record(trx, { actor: person, act: "member.join", ...about, details: { invitation: row.id, role: row.role } });
  if (row.uses_left !== null)
    await trx
      .updateTable("invitation")
      .set({ uses_left: row.uses_left - 1 })
      .where("id", "=", row.id)
      .execute();
  consequences.people(person);
  return ok(community);
}

async function mayInvite(
  db: Kysely<Database>,
  person: MemberId,
  community: CommunityId,
  purpose: "read" | "change",
): Promise<Result<undefined, Failure>> {
  const reach = await reachCommunity(db, person, community, purpose);
  return reach.ok ? permit(reach.value, "community.invite") : reach;
}

const isMember = async (db: Kysely<Database>, community: CommunityId, person: MemberId): Promise<boolean> =>
  (await db
    .selectFrom("membership")
    .select("role")
    .where("community_id", "=", community)
    .where("person_id", "=", person)
    .executeTakeFirst()) !== undefined;

/** What still counts of an invitation, in the community's words. */
const usable = sql<boolean>`i.revoked_at is null and (i.uses_left is null or i.uses_left > 0) and (i.expires_at is null or i.expires_at > now())`;

const standing = (db: Kysely<Database>, community: CommunityId) =>
  db.selectFrom("invitation as i").where("i.community_id", "=", community).where(usable);

const open = (db: Kysely<Database>, token: string) =>
  db
    .selectFrom("invitation as i")
    .innerJoin("community as c", "c.id", "i.community_id")
    .where("i.token_hash", "=", hashToken(token))
    .where(usable)
    .where("c.archived_at", "is", null);

const lines = (db: Kysely<Database>, community: CommunityId) =>
  standing(db, community)
    .innerJoin("person as p", "p.id", "i.created_by")
    .select(["i.id", "i.role", "i.uses_left", "i.expires_at", "i.created_at", "p.name"]);

type Line = Awaited<ReturnType<ReturnType<typeof lines>["execute"]>>[number];

const asInvitation = ({ id, role, uses_left, expires_at, created_at, name }: Line) => ({
  id,
  role,
  usesLeft: uses_left ?? undefined,
  expiresAt: expires_at?.getTime(),
  createdAt: created_at.getTime(),
  createdBy: name,
});
