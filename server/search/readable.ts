import { sql, type Kysely } from "kysely";

import type { MemberId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";

/** The channels and conversations that somebody may read now; of those named, if any are, by name or id. */
export async function readableChannels(
  db: Kysely<Database>,
  person: MemberId,
  names: readonly string[],
): Promise<readonly string[]> {
  const wanted = names.map((name) => name.toLowerCase());
  const isNamed = sql`exists (
    select from channel c where c.id = r.channel and (lower(c.name) = any(${wanted}::text[]) or c.id::text = any(${wanted}::text[])))`;
  const { rows } = await sql<{ channel: string }>`
    select distinct r.channel from readable_channel r
    where r.person = ${person} and ${names.length === 0 ? sql`true` : isNamed}`.execute(db);
  return rows.map(({ channel }) => channel);
}

/** People who are shown by one of these names, or bear one of these ids. Several may share a name: any of them is meant. */
export async function peopleNamed(db: Kysely<Database>, names: readonly string[]): Promise<readonly string[]> {
  const wanted = names.map((name) => name.toLowerCase());
  const { rows } = await sql<{ id: string }>`
    select id from person
    where lower(name) = any(${wanted}::text[]) or id::text = any(${wanted}::text[])`.execute(db);
  return rows.map(({ id }) => id);
}
