import { sql, type Kysely } from "kysely";

import type { MemberId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";

const FOUND = 20;

interface Asker {
  readonly id: MemberId;
  readonly platformAdmin: boolean;
}

/** People to talk with: those one shares a community with, for a platform admin everybody. Names that begin so come first. */
export async function findPeople(
  db: Kysely<Database>,
  asker: Asker,
  q: string,
): Promise<readonly { readonly id: MemberId; readonly name: string }[]> {
  const { rows } = await sql<{ id: MemberId; name: string }>`
    select p.id, p.name from person p
    where p.id <> ${asker.id} and p.disabled_at is null and p.login is not null
      and position(lower(${q}) in lower(p.name)) > 0 and ${sharedWith(asker)}
    order by not starts_with(lower(p.name), lower(${q})), lower(p.name), p.id
    limit ${FOUND}`.execute(db);
  return rows;
}

/** Which of these people one may begin to talk with. */
export async function withinReach(
  db: Kysely<Database>,
  asker: Asker,
  people: readonly MemberId[],
): Promise<ReadonlySet<MemberId>> {
  const { rows } = await sql<{ id: MemberId }>`
    select p.id from person p
    where p.id = any(${[...people]}::uuid[]) and p.disabled_at is null and p.login is not null and ${sharedWith(asker)}`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}

const sharedWith = ({ id, platformAdmin }: Asker) =>
  platformAdmin
    ? sql<boolean>`true`
    : sql<boolean>`exists (
        select from membership theirs join membership mine using (community_id)
        where theirs.person_id = p.id and mine.person_id = ${id})`;

/**
 * Names of people by their ids. Anybody signed in gets them: an id cannot be guessed, and is learnt only from an entry
 * that one may read.
 */
export async function profiles(db: Kysely<Database>, ids: readonly MemberId[]) {
  const rows = await db.selectFrom("person").select(["id", "name"]).where("id", "in", ids).execute();
  return rows.map(({ id, name }) => ({ id: id as MemberId, name }));
}
