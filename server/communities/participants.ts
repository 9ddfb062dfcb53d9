import { sql, type Kysely } from "kysely";

import type { ChannelId, CommunityId, MemberId } from "#shared/ids.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import { record } from "#server/audit/record.ts";
import type { Database } from "#server/database/types.ts";
import type { Consequences } from "#server/documents/authority-change.ts";

import { permit, reachChannel, type ChannelReach } from "./reach.ts";

/** Who is in a private channel. */
export async function participants(db: Kysely<Database>, person: MemberId, id: ChannelId) {
  const reach = await reachPrivate(db, person, id, "read");
  return reach.ok ? ok({ people: await participantsOf(db, id) }) : reach;
}

/** A public channel has no participants to speak of: every member of its community is in it. */
async function reachPrivate(
  db: Kysely<Database>,
  person: MemberId,
  id: ChannelId,
  purpose: "read" | "change",
): Promise<Result<ChannelReach, Failure>> {
  const reach = await reachChannel(db, person, id, purpose);
  return reach.ok && reach.value.target.private !== true ? fail({ kind: "not-found" }) : reach;
}

export async function participantsOf(db: Kysely<Database>, id: ChannelId) {
  const rows = await db
    .selectFrom("participant as t")
    .innerJoin("person as p", "p.id", "t.person_id")
    .select(["p.id", "p.name"])
    .where("t.channel_id", "=", id)
    .orderBy(sql`lower(p.name)`)
    .orderBy("p.id")
    .execute();
  return rows.map((row) => ({ id: row.id as MemberId, name: row.name }));
}

/** Lets members of the community into a private channel; whoever is no member is passed over. */
export async function letIn(
  trx: Kysely<Database>,
  consequences: Consequences,
  asker: MemberId,
  { id, people }: { readonly id: ChannelId; readonly people: readonly MemberId[] },
): Promise<Result<undefined, Failure>> {
  const reach = await reachPrivate(trx, asker, id, "change");
  if (!reach.ok) return reach;
  const allowed = permit(reach.value, "channel.let-in");
  if (!allowed.ok) return allowed;

  const { community } = reach.value;
  await recordLetIn(trx, asker, { id, community }, await letInto(trx, consequences, { id, community }, people));
  return ok(undefined);
}

interface Place {
  readonly id: ChannelId;
  readonly community: CommunityId;
}

/** Those who came in, not those who were asked: some were in already, some are no members. */
export async function recordLetIn(
  trx: Kysely<Database>,
  actor: MemberId,
  { id, community }: Place,
  people: readonly MemberId[],
): Promise<void> {
  const act = { actor, act: "channel.let-in", community, details: { channel: id } } as const;
  await record(trx, ...people.map((person) => ({ ...act, target: { kind: "person", id: person } as const })));
}

/** Writes down who comes in, and has the channel say so. Answers who they are. */
export async function letInto(
  trx: Kysely<Database>,
  consequences: Consequences,
  { id, community }: Place,
  people: readonly MemberId[],
): Promise<readonly MemberId[]> {
  const { rows } = await sql<{ person_id: MemberId }>`
    insert into participant (channel_id, person_id)
    select ${id}, m.person_id from membership m
    where m.community_id = ${community} and m.person_id = any(${[...people]}::uuid[])
    order by m.person_id
    on conflict do nothing
    returning person_id`.execute(trx);

  rows.forEach(({ person_id }) => consequences.say({ kind: "channel", id }, { kind: "joined", member: person_id }));
  consequences.people(...rows.map(({ person_id }) => person_id));
  return rows.map(({ person_id }) => person_id);
}

/** Takes somebody out of a private channel, or oneself. */
export async function putOut(
  trx: Kysely<Database>,
  consequences: Consequences,
  asker: MemberId,
  { id, person }: { readonly id: ChannelId; readonly person: MemberId },
): Promise<Result<undefined, Failure>> {
  const reach = await reachPrivate(trx, asker, id, "change");
  if (!reach.ok) return reach;
  const allowed = permit(reach.value, person === asker ? "channel.leave" : "channel.let-in");
  if (!allowed.ok) return allowed;

  const out = await trx
    .deleteFrom("participant")
    .where("channel_id", "=", id)
    .where("person_id", "=", person)
    .executeTakeFirst();
  if (out.numDeletedRows === 0n) return fail({ kind: "not-found" });
  await record(trx, {
    actor: asker,
    act: "channel.put-out",
    target: { kind: "person", id: person },
    community: reach.value.community,
    details: { channel: id },
  });
  consequences.say({ kind: "channel", id }, { kind: "left", member: person });
  consequences.people(person);
  consequences.channel(id);
  return ok(undefined);
}
