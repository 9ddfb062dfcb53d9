import { sql, type Kysely } from "kysely";
import { v7 as uuid } from "uuid";

import type { CommunityId, MemberId } from "#shared/ids.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import { record } from "#server/audit/record.ts";
import { casesOf } from "#server/cases/refresh.ts";
import { settle } from "#server/cases/settle.ts";
import { roleOf } from "#server/communities/members.ts";
import type { Database } from "#server/database/types.ts";
import { decided } from "#server/documents/moderation.ts";

import { judges, reachDesk, type Desk } from "./desk.ts";

interface Decision {
  readonly desk: CommunityId | "platform";
  readonly case: string;
  readonly outcome: "dismissed" | "reopened";
  /** The receipt of the last report that was seen. */
  readonly until: number;
}

/**
 * Decides about a case that does not lie on the desk, because whom it concerns works there too. "No such case" and "not
 * yours" are one answer.
 */
export async function decideCase(
  trx: Kysely<Database>,
  me: MemberId,
  { desk: name, case: key, outcome, until }: Decision,
  now: number = Date.now(),
): Promise<Result<undefined, Failure>> {
  const reach = await reachDesk(trx, me, name, "change");
  if (!reach.ok) return reach;
  const { community } = reach.value;
  if (!(await mayJudge(trx, reach.value, key))) return fail({ kind: "not-found" });
  const made = { id: uuid(), at: now, received: now, projected: false } as const;
  await settle(trx, [{ desk: community, case: key, author: me, outcome, until, ...made }]);
  await record(trx, decided(me, "case.decide", community, { case: key, outcome }));
  return ok(undefined);
}

/** Whether somebody may decide about a case of a community. */
export async function mayDecide(
  trx: Kysely<Database>,
  me: MemberId,
  community: CommunityId,
  key: string,
): Promise<boolean> {
  const reach = await reachDesk(trx, me, community);
  return reach.ok && mayJudge(trx, reach.value, key);
}

async function mayJudge(trx: Kysely<Database>, desk: Desk, key: string): Promise<boolean> {
  const about = await concernedBy(trx, desk.community, key);
  return about !== undefined && judges(desk, about, await roleOf(trx, desk.community, about));
}

/** Whom a case of a desk is about. */
export async function concernedBy(
  trx: Kysely<Database>,
  desk: CommunityId,
  key: string,
): Promise<MemberId | undefined> {
  const { rows } = await casesOf(desk, sql<boolean>`case_key = ${key}`).execute(trx);
  return rows[0]?.about;
}
