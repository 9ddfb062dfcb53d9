import type { Kysely } from "kysely";

import type { ChannelId, CommunityId, MemberId, PageId } from "#shared/ids.ts";
import { can } from "#shared/permissions/can.ts";
import type { Action, Actor, Target } from "#shared/permissions/rules.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import type { Database } from "#server/database/types.ts";
import { readStandings } from "#server/documents/standing.ts";
import type { Term } from "#server/gate/judge-entry.ts";

import { standingPages } from "./page-facts.ts";

/** A place as one person stands to it. */
export interface Reach {
  readonly actor: Actor;
  readonly target: Target;
  /** Why and until when they may only read. */
  readonly muted?: Term | undefined;
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
  const { actor, target, muted } = (await readStandings(db, [{ person, place }], false))({ person, place });
  const joinable = row.access === "open";
  return actor.role === undefined && !joinable
    ? nothing
    : ok({ actor, muted, target: { ...target, joinable, archived: row.archived_at !== null } });
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
  const { actor, target, muted } = (await readStandings(db, [{ person, place }], false))({ person, place });
  return can(actor, "document.read", target) ? ok({ actor, target, muted, community }) : nothing;
}

/** A page that a person may read. */
export async function reachPage(db: Kysely<Database>, person: MemberId, id: PageId, purpose: Purpose) {
  const row = await standingPages(db).where("p.id", "=", id).executeTakeFirst();
  if (row === undefined) return nothing;
  await communityRow(db, row.community_id as CommunityId, purpose);

  const place = { kind: "page", id, segment: 1 } as const;
  const { actor, target, muted } = (await readStandings(db, [{ person, place }], false))({ person, place });
  return can(actor, "document.read", target) ? ok({ actor, target, muted, row }) : nothing;
}

/** Whether a person may do something in a place that they know of. */
export function permit(
  { actor, target, muted }: Reach,
  action: Action,
  about: Pick<Target, "owner" | "role"> = {},
): Result<undefined, Failure> {
  if (can(actor, action, { ...target, ...about })) return ok(undefined);
  if (muted !== undefined && can({ ...actor, muted: false }, action, { ...target, ...about }))
    return fail({ kind: "muted", ...muted });
  return fail({ kind: can(actor, action, { ...target, ...about, archived: false }) ? "archived" : "forbidden" });
}

const communityRow = (db: Kysely<Database>, id: CommunityId, purpose: Purpose) =>
  db
    .selectFrom("community")
    .select(["access", "archived_at"])
    .where("id", "=", id)
    .$if(purpose === "change", (query) => query.forUpdate())
    .executeTakeFirst();
