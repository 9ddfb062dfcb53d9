import { sql, type Kysely } from "kysely";

import { PLATFORM, type CommunityId, type MemberId } from "#shared/ids.ts";
import type { PersonRecord } from "#shared/protocol/http/moderation.ts";
import type { Database } from "#server/database/types.ts";

import { measuresAbout } from "./measure-rows.ts";

/** What is known of people at a desk: how long they are here, how much they said, what came of it. */
export async function recordsOf(
  db: Kysely<Database>,
  desk: CommunityId,
  people: readonly MemberId[],
): Promise<ReadonlyMap<MemberId, PersonRecord>> {
  const records = await Promise.all(people.map((person) => recordOf(db, desk, person)));
  return new Map(records.map((record) => [record.person.id, record]));
}

async function recordOf(db: Kysely<Database>, desk: CommunityId, person: MemberId): Promise<PersonRecord> {
  // Conversations are nobody's business: of those only what was reported is known at the platform's desk.
  const said = sql`message m where m.author = p.id and m.channel in (select id from channel where community_id = ${desk})`;
  const { rows } = await sql<Row>`
    select p.name, b.joined_at, b.role,
      case when ${desk === PLATFORM} then 0 else (select count(*) from ${said}) end as messages,
      case when ${desk === PLATFORM} then 0 else (select count(*) from ${said} and m.hidden_by is not null) end as hidden,
      (select count(distinct r.case_key) from report r where r.desk = ${desk} and r.about = p.id and r.reporter <> p.id) as cases
    from person p left join membership b on b.person_id = p.id and b.community_id = ${desk}
    where p.id = ${person}`.execute(db);
  const row = rows[0];
  return {
    person: { id: person, name: row?.name ?? "" },
    ...(row?.joined_at && { joinedAt: row.joined_at.getTime(), role: row.role }),
    messages: row?.messages ?? 0,
    hidden: row?.hidden ?? 0,
    cases: row?.cases ?? 0,
    measures: await measuresAbout(db, desk, person),
  };
}

interface Row {
  readonly name: string;
  readonly joined_at: Date | null;
  readonly role: string;
  readonly messages: number;
  readonly hidden: number;
  readonly cases: number;
}
