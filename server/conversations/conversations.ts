import type { Kysely } from "kysely";
import { v7 as uuid } from "uuid";

import type { ChannelId, MemberId } from "#shared/ids.ts";
import { can } from "#shared/permissions/can.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import type { Database } from "#server/database/types.ts";
import type { Consequences } from "#server/documents/authority-change.ts";
import { openLog } from "#server/documents/open.ts";
import { readStandings } from "#server/documents/standing.ts";

const MAX_PARTICIPANTS = 100;

/** With one other person there is one direct conversation: whoever asks for it again gets the same. */
export async function startDirect(
  trx: Kysely<Database>,
  consequences: Consequences,
  person: MemberId,
  other: MemberId,
): Promise<Result<ChannelId, Failure>> {
  const pair = [person, other].toSorted().join(" ");
  const made = await insertConversation(trx, "direct", "", pair);
  if (made === undefined)
    return ok(
      (await trx.selectFrom("channel").select("id").where("pair", "=", pair).executeTakeFirstOrThrow()).id as ChannelId,
    );

  await addParticipants(trx, made, [person, other]);
  consequences.people(person, other);
  return ok(made);
}

/** A new group, with everybody in it from the start. */
export async function startGroup(
  trx: Kysely<Database>,
  consequences: Consequences,
  people: readonly MemberId[],
  name: string,
): Promise<Result<ChannelId, Failure>> {
  if (people.length > MAX_PARTICIPANTS) return fail({ kind: "too-many" });
  const id = (await insertConversation(trx, "group", name, null)) as ChannelId;
  await addParticipants(trx, id, people);
  consequences.people(...people);
  return ok(id);
}

/** Undefined where this pair has a conversation already. */
async function insertConversation(
  trx: Kysely<Database>,
  kind: "direct" | "group",
  name: string,
  pair: string | null,
): Promise<ChannelId | undefined> {
  const id = uuid() as ChannelId;
  const made = await trx
    .insertInto("channel")
    .values({ id, kind, name, pair, community_id: null, archived_at: null })
    .onConflict((conflict) => conflict.column("pair").doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows !== 1n) return undefined;
  await openLog(trx, { kind: "dm", id });
  return id;
}

/** Those who were not in it before. */
async function addParticipants(
  trx: Kysely<Database>,
  id: ChannelId,
  people: readonly MemberId[],
): Promise<readonly MemberId[]> {
  const added = await trx
    .insertInto("participant")
    .values(people.toSorted().map((person_id) => ({ channel_id: id, person_id })))
    .onConflict((conflict) => conflict.doNothing())
    .returning("person_id")
    .execute();
  return added.map(({ person_id }) => person_id as MemberId);
}

export async function nameConversation(
  trx: Kysely<Database>,
  consequences: Consequences,
  person: MemberId,
  { id, name }: { readonly id: ChannelId; readonly name: string },
): Promise<Result<undefined, Failure>> {
  const reach = await reachGroup(trx, person, id);
  if (!reach.ok) return reach;
  await trx.updateTable("channel").set({ name }).where("id", "=", id).execute();
  consequences.people(...(await participantsOf(trx, id)));
  return ok(undefined);
}

/** Brings people into a group; they see what was said before. */
export async function addToGroup(
  trx: Kysely<Database>,
  consequences: Consequences,
  person: MemberId,
  { id, people }: { readonly id: ChannelId; readonly people: readonly MemberId[] },
): Promise<Result<undefined, Failure>> {
  const reach = await reachGroup(trx, person, id);
  if (!reach.ok) return reach;
  const added = await addParticipants(trx, id, people);
  const everybody = await participantsOf(trx, id);
  if (everybody.length > MAX_PARTICIPANTS) return fail({ kind: "too-many" });

  added.forEach((member) => consequences.say({ kind: "dm", id }, { kind: "joined", member }));
  if (added.length > 0) consequences.people(...everybody);
  return ok(undefined);
}

export async function leaveGroup(
  trx: Kysely<Database>,
  consequences: Consequences,
  person: MemberId,
  id: ChannelId,
): Promise<Result<undefined, Failure>> {
  const reach = await reachGroup(trx, person, id);
  if (!reach.ok) return reach;
  await trx.deleteFrom("participant").where("channel_id", "=", id).where("person_id", "=", person).execute();

  consequences.say({ kind: "dm", id }, { kind: "left", member: person });
  consequences.people(person, ...(await participantsOf(trx, id)));
  return ok(undefined);
}

const participantsOf = async (trx: Kysely<Database>, id: ChannelId): Promise<readonly MemberId[]> =>
  (await trx.selectFrom("participant").select("person_id").where("channel_id", "=", id).execute()).map(
    ({ person_id }) => person_id as MemberId,
  );

/** A group that a person is in, held until the transaction ends. Who is in a direct conversation never changes. */
async function reachGroup(trx: Kysely<Database>, person: MemberId, id: ChannelId): Promise<Result<undefined, Failure>> {
  const row = await trx
    .selectFrom("channel")
    .select("kind")
    .where("id", "=", id)
    .where("community_id", "is", null)
    .forUpdate()
    .executeTakeFirst();
  const place = { kind: "dm", id, segment: 1 } as const;
  const { actor, target } = (await readStandings(trx, [{ person, place }], false))({ person, place });

  if (row === undefined || !can(actor, "conversation.manage", target)) return fail({ kind: "not-found" });
  return row.kind === "group" ? ok(undefined) : fail({ kind: "forbidden" });
}
