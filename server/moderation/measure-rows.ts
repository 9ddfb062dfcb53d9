import { sql, type Kysely } from "kysely";

import { PLATFORM, type CommunityId, type MemberId } from "#shared/ids.ts";
import type { Measure } from "#shared/protocol/http/moderation.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { ok, type Result } from "#shared/result.ts";
import type { Database } from "#server/database/types.ts";

import { reachDesk } from "./desk.ts";

export type Measured = Measure;

/** So many are told of one person. */
const RECORD = 20;

const rows = (db: Kysely<Database>) =>
  db
    .selectFrom("measure as m")
    .innerJoin("person as p", "p.id", "m.person_id")
    .innerJoin("person as b", "b.id", "m.by_id")
    .leftJoin("person as l", "l.id", "m.lifted_by")
    .select(["m.id", "m.kind", "m.reason", "m.at", "m.until", "m.lifted_at", "m.person_id", "m.by_id", "m.lifted_by"])
    .select(["p.name as person", "b.name as by", "l.name as lifter"]);

type Row = Awaited<ReturnType<ReturnType<typeof rows>["execute"]>>[number];

const asMeasure = (row: Row): Measure => ({
  id: row.id,
  kind: row.kind,
  person: { id: row.person_id as MemberId, name: row.person },
  reason: row.reason,
  by: { id: row.by_id as MemberId, name: row.by },
  at: row.at.getTime(),
  ...(row.until !== null && { until: row.until.getTime() }),
  ...(row.lifted_at !== null && {
    lifted: {
      at: row.lifted_at.getTime(),
      ...(row.lifted_by !== null && { by: { id: row.lifted_by as MemberId, name: row.lifter ?? "" } }),
    },
  }),
});

export const measureById = async (db: Kysely<Database>, id: string): Promise<Measure> =>
  asMeasure(await rows(db).where("m.id", "=", id).executeTakeFirstOrThrow());

/** Some of a desk's own, by their ids; others are left out. */
export async function measuresNamed(
  db: Kysely<Database>,
  desk: CommunityId,
  ids: readonly string[],
): Promise<readonly Measure[]> {
  const found = await rows(db)
    .where(sql<boolean>`m.id::text = any(${[...ids]}::text[])`)
    .where(sql<boolean>`coalesce(m.community_id, ${PLATFORM}) = ${desk}`)
    .execute();
  return found.map(asMeasure);
}

/** What was done about people by those who work at a desk, the newest first. */
export async function measuresAbout(db: Kysely<Database>, desk: CommunityId, person: MemberId): Promise<Measure[]> {
  const found = await rows(db)
    .where("m.person_id", "=", person)
    .where(sql<boolean>`coalesce(m.community_id, ${PLATFORM}) = ${desk}`)
    .orderBy("m.at", "desc")
    .orderBy("m.id", "desc")
    .limit(RECORD)
    .execute();
  return found.map(asMeasure);
}

export async function measures(
  db: Kysely<Database>,
  me: MemberId,
  { desk, person }: { readonly desk: CommunityId | "platform"; readonly person: MemberId },
): Promise<Result<{ measures: Measure[] }, Failure>> {
  const reach = await reachDesk(db, me, desk);
  return reach.ok ? ok({ measures: await measuresAbout(db, reach.value.community, person) }) : reach;
}
