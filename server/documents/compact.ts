import { sql, type Kysely } from "kysely";
import { Doc, encodeStateAsUpdate } from "yjs";

import type { Database } from "#server/database/types.ts";

import { load } from "./live.ts";

/** How long a journal may grow behind its snapshot. */
export const MAX_TAIL = 200;

/**
 * Replaces a document's snapshot by its present state and drops the journal up to there. Whoever still needs a dropped
 * row takes the snapshot. Safe to run at any time, twice, or on two nodes at once. Answers the version of the snapshot.
 */
export async function compact(db: Kysely<Database>, name: string): Promise<number | undefined> {
  // Yjs turns what is deleted into ContentDeleted while loading: the text of what was erased is not written again.
  const live = await load(db, name, new Doc({ gc: true }));
  if (live === undefined) return undefined;
  const state = Buffer.from(encodeStateAsUpdate(live.doc));

  await db.transaction().execute(async (trx) => {
    await sql`select 1 from document where name = ${name} for update`.execute(trx);
    await sql`
      insert into snapshot (document, version, state) values (${name}, ${live.version}, ${state})
      on conflict (document) do update set version = excluded.version, state = excluded.state where snapshot.version < excluded.version`.execute(
      trx,
    );
    await sql`delete from journal where document = ${name} and version <= ${live.version}`.execute(trx);
    await sql`
      update document set bytes = ${state.length} + coalesce(
        (select sum(octet_length(update)) from journal where document = ${name}), 0) where name = ${name}`.execute(trx);
    await sql`update document set erase_due = null where name = ${name} and erase_due <= ${live.version}`.execute(trx);
  });
  live.doc.destroy();
  return live.version;
}

/** Documents whose journal has grown long, or that still hold something erased. */
export async function documentsToCompact(
  db: Kysely<Database>,
): Promise<readonly { readonly name: string; readonly erase: boolean }[]> {
  const { rows } = await sql<{ name: string; erase: boolean }>`
    select d.name, d.erase_due is not null as erase
    from document d left join snapshot s on s.document = d.name
    where d.erase_due is not null or d.version - coalesce(s.version, 0) > ${MAX_TAIL}`.execute(db);
  return rows;
}
