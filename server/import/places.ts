import type { Kysely, Transaction } from "kysely";
import { v7 as uuid } from "uuid";

import { deskOf, type ChannelId, type CommunityId, type MemberId } from "#shared/ids.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import { record } from "#server/audit/record.ts";
import type { Database } from "#server/database/types.ts";
import type { Consequences } from "#server/documents/authority-change.ts";
import { openLog } from "#server/documents/open.ts";

/** Changes who may do what, with all that follows from it in documents. */
export type Change = <Value>(
  command: (trx: Transaction<Database>, consequences: Consequences) => Promise<Result<Value, Failure>>,
) => Promise<Result<Value, Failure>>;

/** Why it is not clear where the messages shall go, as a sentence. */
export type PlaceProblem = string;

/**
 * The community of this name, made where there is none. It belongs to the owner, or else to the first administrator of
 * the platform; one without an owner is given to whoever is named.
 */
export async function communityNamed(
  db: Kysely<Database>,
  change: Change,
  name: string,
  owner: string | undefined,
): Promise<Result<CommunityId, PlaceProblem>> {
  const person = await findOwner(db, owner);
  if (owner !== undefined && person === undefined) return fail(`Nobody here signs in as "${owner}".`);
  const existing = await db.selectFrom("community").select("id").where("name", "=", name).execute();
  if (existing.length > 1)
    return fail(`${existing.length} communities are called "${name}". Give one of them another name first.`);

  const made = await change(async (trx, consequences) => {
    const id = (existing[0]?.id ?? (await makeCommunity(trx, name))) as CommunityId;
    if (person !== undefined) await giveToFirst(trx, consequences, id, person);
    const target = { kind: "community", id, name } as const;
    await record(trx, { actor: null, act: "import.run", target, community: id, details: { owner: person ?? null } });
    consequences.community(id);
    return ok(id);
  });
  return made.ok ? made : fail(made.problem.kind);
}

async function findOwner(db: Kysely<Database>, login: string | undefined): Promise<MemberId | undefined> {
  const people = db.selectFrom("person").select("id").where("disabled_at", "is", null);
  const found =
    login === undefined
      ? people.where("platform_admin", "=", true).orderBy("created_at")
      : people.where("login", "=", login.toLowerCase());
  return (await found.limit(1).executeTakeFirst())?.id as MemberId | undefined;
}

async function makeCommunity(trx: Kysely<Database>, name: string): Promise<CommunityId> {
  const id = uuid() as CommunityId;
  const access = "open";
  await trx.insertInto("community").values({ id, name, access, archived_at: null }).execute();
  const target = { kind: "community", id, name } as const;
  await record(trx, { actor: null, act: "community.create", target, community: id, details: { access } });
  await openLog(trx, { kind: "community", id });
  await openLog(trx, { kind: "desk", id: deskOf(id) });
  return id;
}

/** Whether the community of this name belongs to anybody. */
export async function hasOwner(db: Kysely<Database>, name: string): Promise<boolean> {
  const owner = await db
    .selectFrom("membership as m")
    .innerJoin("community as c", "c.id", "m.community_id")
    .select("m.person_id")
    .where("c.name", "=", name)
    .where("m.role", "=", "owner")
    .executeTakeFirst();
  return owner !== undefined;
}

async function giveToFirst(
  trx: Kysely<Database>,
  consequences: Consequences,
  community: CommunityId,
  person: MemberId,
): Promise<void> {
  const owner = await trx
    .selectFrom("membership")
    .select("person_id")
    .where("community_id", "=", community)
    .where("role", "=", "owner")
    .executeTakeFirst();
  if (owner !== undefined) return;
  await trx
    .insertInto("membership")
    .values({ community_id: community, person_id: person, role: "owner" })
    .onConflict((conflict) => conflict.columns(["community_id", "person_id"]).doUpdateSet({ role: "owner" }))
    .execute();
  const target = { kind: "person", id: person } as const;
  await record(trx, { actor: null, act: "community.transfer", target, community, details: { from: null } });
  consequences.people(person);
}

/** The channel of this name, made where there is none: its log begins with its first message. */
export async function channelNamed(
  db: Kysely<Database>,
  change: Change,
  community: CommunityId,
  name: string,
  openedAt: number,
): Promise<ChannelId> {
  const channels = await db
    .selectFrom("channel")
    .select(["id", "name"])
    .where("community_id", "=", community)
    .where("archived_at", "is", null)
    .execute();
  const existing = channels.find((channel) => channel.name.toLowerCase() === name.toLowerCase());
  if (existing !== undefined) return existing.id as ChannelId;

  const made = await change(async (trx, consequences) => {
    const id = uuid() as ChannelId;
    const facts = {
      community_id: community,
      kind: "chat",
      name,
      position: channels.length,
      pair: null,
      archived_at: null,
    } as const;
    await trx
      .insertInto("channel")
      .values({ id, ...facts })
      .execute();
    await openLog(trx, { kind: "channel", id }, openedAt);
    const details = { kind: facts.kind, private: false };
    await record(trx, {
      actor: null,
      act: "channel.create",
      target: { kind: "channel", id, name },
      community,
      details,
    });
    consequences.community(community);
    return ok(id);
  });
  if (!made.ok) throw new Error(`The channel ${name} could not be made: ${made.problem.kind}`);
  return made.value;
}
