import type { Kysely } from "kysely";

import type { ChannelId, CommunityId, MemberId } from "#shared/ids.ts";
import { can } from "#shared/permissions/can.ts";
import type { Action, Actor, Target } from "#shared/permissions/rules.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import type { Database } from "#server/database/types.ts";
import { readStandings } from "#server/documents/standing.ts";

/** A place as one person stands to it. */
export interface Reach {
  readonly actor: Actor;
  readonly target: Target;
}

export interface ChannelReach extends Reach {
  readonly community: CommunityId;
}

/** To change something, its community is held until the transaction ends: changes of one community follow each other. */
type Purpose = "read" | "change";

/** "No such thing" and "not yours" are one answer. */
export const nothing: Result<never, Failure> = fail({ kind: "not-found" });

/** A community that a person may know of: their own, or an open one. "No such community" and "not yours" are one case. */
export async function reachCommunity(
  db: Kysely<Database>,
  person: MemberId,
  id: CommunityId,
  purpose: Purpose,
): Promise<Result<Reach, Failure>> {
  const row = await communityRow(db, id, purpose);
  if (row === undefined) return nothing;

  const place = { kind: "community", id, segment: 1 } as const;
  const { actor, target } = (await readStandings(db, [{ person, place }], false))({ person, place });
  const joinable = row.access === "open";
  return actor.role === undefined && !joinable
    ? nothing
    : ok({ actor, target: { ...target, joinable, archived: row.archived_at !== null } });
}

/** A channel of a community that a person may read. */
export async function reachChannel(
  db: Kysely<Database>,
  person: MemberId,
  id: ChannelId,
  purpose: Purpose,
): Promise<Result<ChannelReach, Failure>> {
  const row = await db
    .selectFrom("channel")
    .select("community_id")
    .where("id", "=", id)
    .where("community_id", "is not", null)
    .executeTakeFirst();
  if (row === undefined) return nothing;
  const community = row.community_id as CommunityId;
  await communityRow(db, community, purpose);

  const place = { kind: "channel", id, segment: 1 } as const;
  const { actor, target } = (await readStandings(db, [{ person, place }], false))({ person, place });
  return can(actor, "document.read", target) ? ok({ actor, target, community }) : nothing;
}

/** Whether a person may do something in a place that they know of. */
export function permit(
  { actor, target }: Reach,
  action: Action,
  about: Pick<Target, "owner" | "role"> = {},
): Result<undefined, Failure> {
  if (can(actor, action, { ...target, ...about })) return ok(undefined);
  return fail({ kind: can(actor, action, { ...target, ...about, archived: false }) ? "archived" : "forbidden" });
}

const communityRow = (db: Kysely<Database>, id: CommunityId, purpose: Purpose) =>
  db
    .selectFrom("community")
    .select(["access", "archived_at"])
    .where("id", "=", id)
    .$if(purpose === "change", (query) => query.forUpdate())
    .executeTakeFirst();
