import { sql, type Kysely } from "kysely";

import type { CommunityId, MemberId } from "#shared/ids.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import { record } from "#server/audit/record.ts";
import { readCursor, writeCursor } from "#server/database/cursor.ts";
import type { Database } from "#server/database/types.ts";
import type { Consequences } from "#server/documents/authority-change.ts";

import { setArchived } from "./communities.ts";
import { giveTo, roleOf } from "./members.ts";
import { nothing } from "./reach.ts";

/**
 * What the platform's administrators do with communities, also those that they are not in. They read nothing of them,
 * and change something inside `asAdmin`.
 */

const PAGE = 50;

const states = {
  archived: sql<boolean>`c.archived_at is not null and c.delete_at is null`,
  deleting: sql<boolean>`c.delete_at is not null`,
};
export type CommunityState = keyof typeof states;

const place = sql<string>`lower(c.name) collate "C"`;

const rowsOf = (db: Kysely<Database>) =>
  db
    .selectFrom("community as c")
    .leftJoin("membership as m", (join) => join.onRef("m.community_id", "=", "c.id").on("m.role", "=", "owner"))
    .leftJoin("person as p", "p.id", "m.person_id")
    .select(["c.id", "c.name", "c.hue", "c.access", "c.archived_at", "c.delete_at", "c.created_at"])
    .select(["p.id as owner", "p.name as owner_name", place.as("place")])
    .select([
      sql<number>`(select count(*) from membership x where x.community_id = c.id)`.as("members"),
      sql<number>`(select count(*) from channel x where x.community_id = c.id)`.as("channels"),
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof rowsOf>["execute"]>>[number];

const asFacts = (row: Row) => ({
  id: row.id as CommunityId,
  name: row.name,
  hue: row.hue,
  access: row.access,
  archived: row.archived_at !== null,
  deleteAt: row.delete_at?.getTime(),
  owner: row.owner === null ? null : { id: row.owner as MemberId, name: row.owner_name ?? "" },
  members: row.members,
  channels: row.channels,
  createdAt: row.created_at.getTime(),
});

interface Question {
  readonly q?: string | undefined;
  readonly state?: CommunityState | undefined;
  readonly after?: string | undefined;
}

/** Every community of the installation, by name. */
export async function administered(db: Kysely<Database>, { q = "", state, after }: Question) {
  const [from, id] = readCursor(after, 2) ?? ["", ""];
  const rows = await rowsOf(db)
    .where(sql<boolean>`(${q} = '' or position(lower(${q}) in lower(c.name)) > 0 or c.id::text = lower(${q}))`)
    .where(state === undefined ? sql<boolean>`true` : states[state])
    .where(sql<boolean>`(${place}, c.id::text collate "C") > (${from}, ${id})`)
    .orderBy("place")
    .orderBy("c.id")
    .limit(PAGE + 1)
    .execute();
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  return {
    communities: rows.slice(0, PAGE).map(asFacts),
    counts: await counts(db),
    next: last && writeCursor([last.place, last.id]),
  };
}

async function counts(db: Kysely<Database>) {
  const { rows } = await sql<Readonly<Record<"all" | CommunityState, number>>>`
    select count(*) as all, count(*) filter (where ${states.archived}) as archived,
      count(*) filter (where ${states.deleting}) as deleting
    from community c`.execute(db);
  return rows[0] as (typeof rows)[number];
}

export async function administeredOne(db: Kysely<Database>, id: CommunityId) {
  const row = await rowsOf(db).where("c.id", "=", id).executeTakeFirst();
  return row === undefined ? nothing : ok(asFacts(row));
}

/** A community, held until the transaction ends. */
const held = (trx: Kysely<Database>, id: CommunityId) =>
  trx.selectFrom("community").select(["name", "delete_at"]).where("id", "=", id).forUpdate().executeTakeFirst();

/** Closes or opens a community for everybody who writes. */
export async function archive(
  trx: Kysely<Database>,
  consequences: Consequences,
  actor: MemberId,
  { id, archived }: { readonly id: CommunityId; readonly archived: boolean },
): Promise<Result<undefined, Failure>> {
  const community = await held(trx, id);
  if (community === undefined) return nothing;
  // What waits to be deleted is kept first.
  if (community.delete_at !== null) return fail({ kind: "archived" });
  await setArchived(trx, id, archived);
  const target = { kind: "community", id, name: community.name } as const;
  await record(trx, { actor, act: archived ? "community.archive" : "community.reopen", target, community: id });
  consequences.community(id);
  return ok(undefined);
}

/** Gives a community to one of its members; whoever owned it becomes an admin of it. */
export async function give(
  trx: Kysely<Database>,
  consequences: Consequences,
  actor: MemberId,
  { id, person }: { readonly id: CommunityId; readonly person: MemberId },
): Promise<Result<undefined, Failure>> {
  if ((await held(trx, id)) === undefined || (await roleOf(trx, id, person)) === undefined) return nothing;
  await giveTo(trx, consequences, { actor, id, person });
  return ok(undefined);
}
