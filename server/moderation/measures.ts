import type { Kysely } from "kysely";
import { v7 as uuid } from "uuid";

import { PLATFORM, type CommunityId, type MemberId } from "#shared/ids.ts";
import { can } from "#shared/permissions/can.ts";
import type { Action, Role } from "#shared/permissions/rules.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import { settle } from "#server/cases/settle.ts";
import { mutedUntil } from "#server/communities/communities.ts";
import { dropMember } from "#server/communities/members.ts";
import type { Consequences } from "#server/documents/authority-change.ts";
import type { Database } from "#server/database/types.ts";

import { reachDesk, type Desk } from "./desk.ts";
import { giveBack, isKeptOut, lostBefore } from "./give-back.ts";
import { concernedBy } from "./decide.ts";
import { measureById, type Measured } from "./measure-rows.ts";
import { recordLifted, recordTaken } from "./record-measure.ts";
import { tellMeasure } from "./tell-measure.ts";

export type MeasureKind = "warn" | "mute" | "kick" | "ban";

export interface NewMeasure {
  readonly desk: CommunityId | "platform";
  readonly kind: MeasureKind;
  readonly person: MemberId;
  readonly reason: string;
  readonly until?: number | undefined;
  readonly about?: string | undefined;
}

const actions: Readonly<Record<MeasureKind, Action>> = {
  warn: "member.warn",
  mute: "member.mute",
  kick: "member.remove",
  ban: "member.ban",
};

const LONGEST_MUTE = 366 * 24 * 3_600_000;

/** Does something about a person, in the transaction in which they stop being able to do what it forbids. */
export async function takeMeasure(
  trx: Kysely<Database>,
  consequences: Consequences,
  me: MemberId,
  wanted: NewMeasure,
  now: number = Date.now(),
): Promise<Result<Measured, Failure>> {
  const reach = await reachDesk(trx, me, wanted.desk, "change");
  if (!reach.ok) return reach;
  const desk = reach.value;
  const problem = checkTerm(wanted, now);
  if (problem !== undefined) return fail(problem);
  if (!(await exists(trx, wanted.person))) return fail({ kind: "not-found" });

  // Held until the end of the transaction: what its person sends meanwhile waits, and is judged by what is written here.
  const role = await heldRole(trx, desk.community, wanted.person);
  if (role === undefined && desk.community !== PLATFORM && wanted.kind !== "ban") return fail({ kind: "not-found" });
  if (!may(desk, wanted, role)) return fail({ kind: "forbidden" });
  const { about } = wanted;
  if (about !== undefined && (await concernedBy(trx, desk.community, about)) !== wanted.person)
    return fail({ kind: "not-found" });

  const id = await write(trx, desk, me, wanted, now);
  await takeEffect(trx, consequences, desk, { id, role, ...wanted });
  await recordTaken(trx, desk.community, me, wanted);
  await tellMeasure(trx, id, now);
  if (about !== undefined) await settleBy(trx, desk.community, me, { id, about, now });
  return ok(await measureById(trx, id));
}

/** Ends a measure before its time, or undoes it as if it had never been. */
export async function liftMeasure(
  trx: Kysely<Database>,
  consequences: Consequences,
  me: MemberId,
  {
    desk: name,
    id,
    restore,
  }: { readonly desk: CommunityId | "platform"; readonly id: string; readonly restore: boolean },
  now: number = Date.now(),
): Promise<Result<Measured, Failure>> {
  const reach = await reachDesk(trx, me, name, "change");
  if (!reach.ok) return reach;
  const { community } = reach.value;
  const row = await trx.selectFrom("measure").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  if (row === undefined || (row.community_id ?? PLATFORM) !== community) return fail({ kind: "not-found" });
  const person = row.person_id as MemberId;
  const role = await heldRole(trx, community, person);
  if (!may(reach.value, { kind: row.kind, person }, role ?? row.role ?? undefined)) return fail({ kind: "forbidden" });

  // Once: whoever asks again changes nothing that came after.
  if (row.lifted_at !== null) return ok(await measureById(trx, id));
  await trx
    .updateTable("measure")
    .set({ lifted_at: new Date(now), lifted_by: me })
    .where("id", "=", id)
    .execute();
  if (row.kind === "mute") await remute(trx, community, person);
  const isBack = role === undefined && !(await isKeptOut(trx, community, person));
  if (restore && isBack && row.role !== null)
    await giveBack(trx, consequences, { community, person, role: row.role, channels: row.channels });
  consequences.people(person);
  await recordLifted(trx, community, me, { kind: row.kind, person, restore });
  await tellMeasure(trx, id, now);
  await settleBy(trx, community, me, { id, about: `appeal/${id}`, now });
  if (restore) await reopen(trx, community, me, { id, now });
  return ok(await measureById(trx, id));
}

const may = ({ actor, target }: Desk, { kind, person }: Pick<NewMeasure, "kind" | "person">, role: Role | undefined) =>
  can(actor, actions[kind], { ...target, owner: person, role });

function checkTerm({ kind, until }: NewMeasure, now: number): Failure | undefined {
  const isOver = until !== undefined && until <= now;
  const isEndless = kind === "mute" && (until === undefined || until > now + LONGEST_MUTE);
  const isNeedless = until !== undefined && kind !== "mute" && kind !== "ban";
  // What PostgreSQL cannot date is no time.
  const isBeyond = until !== undefined && until > 8_640_000_000_000;
  return isOver || isEndless || isNeedless || isBeyond
    ? { kind: "invalid", fields: [{ field: "until", problem: until === undefined ? "missing" : "invalid" }] }
    : undefined;
}

const exists = async (trx: Kysely<Database>, person: MemberId): Promise<boolean> =>
  (await trx.selectFrom("person").select("id").where("id", "=", person).executeTakeFirst()) !== undefined;

async function heldRole(trx: Kysely<Database>, community: CommunityId, person: MemberId): Promise<Role | undefined> {
  const row = await trx
    .selectFrom("membership")
    .select("role")
    .where("community_id", "=", community)
    .where("person_id", "=", person)
    .forUpdate()
    .executeTakeFirst();
  return row?.role;
}

async function write(
  trx: Kysely<Database>,
  { community }: Desk,
  by: MemberId,
  { kind, person, reason, until }: NewMeasure,
  now: number,
): Promise<string> {
  const id = uuid();
  await trx
    .insertInto("measure")
    .values({
      id,
      community_id: community === PLATFORM ? null : community,
      person_id: person,
      kind,
      reason,
      by_id: by,
      at: new Date(now),
      until: until === undefined ? null : new Date(until),
      role: null,
    })
    .execute();
  return id;
}

async function takeEffect(
  trx: Kysely<Database>,
  consequences: Consequences,
  { community }: Desk,
  { id, role, kind, person }: NewMeasure & { readonly id: string; readonly role: Role | undefined },
): Promise<void> {
  if (kind === "mute") await remute(trx, community, person);
  if ((kind === "kick" || kind === "ban") && role !== "owner") {
    const lost =
      role === undefined
        ? await lostBefore(trx, community, person)
        : { role, channels: [...(await dropMember(trx, consequences, community, person))] };
    if (lost !== undefined) await trx.updateTable("measure").set(lost).where("id", "=", id).execute();
  }
  consequences.people(person);
}

const remute = (trx: Kysely<Database>, community: CommunityId, person: MemberId) =>
  trx
    .updateTable("membership")
    .set({ muted_until: mutedUntil(community, person) })
    .where("community_id", "=", community)
    .where("person_id", "=", person)
    .execute();

/** What was answered by a measure that is undone waits to be decided anew. */
async function reopen(
  trx: Kysely<Database>,
  desk: CommunityId,
  author: MemberId,
  { id, now }: { readonly id: string; readonly now: number },
): Promise<void> {
  const answered = await trx
    .selectFrom("settlement")
    .select("case_key as case")
    .where("desk", "=", desk)
    .where("id", "=", id)
    .where("case_key", "!=", `appeal/${id}`)
    .execute();
  const made = { desk, author, id: `${id} undone`, until: now, at: now, received: now, projected: false } as const;
  await settle(
    trx,
    answered.map((one) => ({ ...made, ...one, outcome: "reopened" })),
  );
}

/** A case is answered by what was done about it: whatever was reported until now. */
export const settleBy = (
  trx: Kysely<Database>,
  desk: CommunityId,
  author: MemberId,
  { id, about, now }: { readonly id: string; readonly about: string; readonly now: number },
): Promise<void> =>
  settle(trx, [
    { desk, case: about, author, id, outcome: "acted", until: now, at: now, received: now, projected: false },
  ]);
