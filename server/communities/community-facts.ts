import { sql, type Kysely } from "kysely";

import type { CommunityId, MemberId } from "#shared/ids.ts";
import { readCursor, writeCursor } from "#server/database/cursor.ts";
import type { Database } from "#server/database/types.ts";

const PAGE = 30;

const members = sql<number>`(select count(*) from membership m where m.community_id = c.id)`;

/** Communities with the role that a person has in them. */
const facts = (db: Kysely<Database>, person: MemberId) =>
  db
    .selectFrom("community as c")
    .leftJoin("membership as mine", (join) =>
      join.onRef("mine.community_id", "=", "c.id").on("mine.person_id", "=", person),
    )
    .select([
      "c.id",
      "c.name",
      "c.description",
      "c.rules",
      "c.hue",
      "c.access",
      "c.archived_at",
      "mine.role",
      members.as("members"),
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof facts>["execute"]>>[number];

const asFacts = ({ archived_at, role, ...row }: Row) => ({
  ...row,
  id: row.id as CommunityId,
  archived: archived_at !== null,
  role: role ?? undefined,
});

/** One community; the caller has made sure that the person may know of it. */
export const communityFacts = async (db: Kysely<Database>, person: MemberId, id: CommunityId) =>
  asFacts(await facts(db, person).where("c.id", "=", id).executeTakeFirstOrThrow());

export async function communitiesOf(db: Kysely<Database>, person: MemberId) {
  const rows = await facts(db, person)
    .where("mine.role", "is not", null)
    .orderBy("mine.joined_at")
    .orderBy("c.id")
    .execute();
  return rows.map(asFacts);
}

interface Question {
  readonly q?: string | undefined;
  readonly after?: string | undefined;
}

/** Open communities that a person is not in, the largest first. */
export async function discoverable(db: Kysely<Database>, person: MemberId, { q = "", after }: Question) {
  const [size, id] = readCursor(after, 2) ?? [];
  const rows = await facts(db, person)
    .where("c.access", "=", "open")
    .where("c.archived_at", "is", null)
    .where("mine.role", "is", null)
    .where(sql<boolean>`(${q} = '' or position(lower(${q}) in lower(c.name)) > 0)`)
    .$if(size !== undefined, (query) =>
      query.where(sql<boolean>`(${members}, c.id::text collate "C") < (${Number(size)}, ${id})`),
    )
    .orderBy("members", "desc")
    .orderBy("c.id", "desc")
    .limit(PAGE + 1)
    .execute();

  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  return { communities: rows.slice(0, PAGE).map(asFacts), next: last && writeCursor([String(last.members), last.id]) };
}
