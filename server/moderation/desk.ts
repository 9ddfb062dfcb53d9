import type { Kysely } from "kysely";

import { deskOf, PLATFORM, type CommunityId, type MemberId } from "#shared/ids.ts";
import { can } from "#shared/permissions/can.ts";
import { roles, type Actor, type Role, type Target } from "#shared/permissions/rules.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import type { Database } from "#server/database/types.ts";
import { readStandings } from "#server/documents/standing.ts";

/** A desk as one of those who work at it. */
export interface Desk {
  /** The platform where it is no community's. */
  readonly community: CommunityId;
  readonly actor: Actor;
  /** What measures taken from it concern. */
  readonly target: Target;
  /** The desk itself. */
  readonly at: Target;
}

/** Whether they may know and decide what is said about a person: not about themselves, nor about who stands as high. */
export const judges = ({ actor, at }: Worker, owner: MemberId, role: Role | undefined): boolean =>
  can(actor, "desk.write", { ...at, owner, role });

type Worker = Pick<Desk, "actor" | "at">;

/** What those may be whose cases they know of; nothing where they are no members. */
export const judged = (worker: Worker): readonly string[] =>
  ["" as const, ...roles].filter((role) => judges(worker, NOBODY, role === "" ? undefined : role));

const NOBODY = "" as MemberId;

/** A desk that a person works at. "No such desk" and "not yours" are one answer. */
export async function reachDesk(
  db: Kysely<Database>,
  person: MemberId,
  name: CommunityId | "platform",
  purpose: "read" | "change" = "read",
): Promise<Result<Desk, Failure>> {
  const community = name === "platform" ? PLATFORM : name;
  // Changes of one community follow each other.
  if (purpose === "change")
    await db.selectFrom("community").select("id").where("id", "=", community).forUpdate().execute();
  const place = { kind: "desk", id: deskOf(community), segment: 1 } as const;
  const { actor, target } = (await readStandings(db, [{ person, place }], false))({ person, place });
  if (!can(actor, "document.read", target)) return fail({ kind: "not-found" });
  return ok({ community, actor, at: target, target: { place: community === PLATFORM ? "platform" : "community" } });
}
