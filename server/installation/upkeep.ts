import { sql, type Kysely } from "kysely";

import type { Database } from "#server/database/types.ts";

/** What changes of authority still owe the documents, erasures the disk, and deletions everybody. */
export async function owed(db: Kysely<Database>) {
  const { rows } = await sql<{ name: string; count: number; since: number | null }>`
    select 'mirrors' as name, count(*) as count, (extract(epoch from min(since)) * 1000)::bigint as since from mirror_due
    union all select 'notices', count(*), (extract(epoch from min(since)) * 1000)::bigint from notice_due
    union all select 'erasures', count(*), null from document where erase_due is not null
    union all select 'deletions', count(*), (extract(epoch from min(delete_at)) * 1000)::bigint from community where delete_at <= now()`.execute(
    db,
  );
  return rows.map(({ name, count, since }) => ({ name, count, since: since ?? undefined }));
}

export async function auditState(db: Kysely<Database>) {
  const { rows } = await sql<{ chained: number; waiting: number }>`
    select coalesce((select max(position) from audit_link), 0) as chained, (select count(*) from audit_waiting) as waiting`.execute(
    db,
  );
  return rows[0] as (typeof rows)[number];
}

export async function databaseState(db: Kysely<Database>) {
  const { rows } = await sql<{ version: string; bytes: number; connections: number; allowed: number }>`
    select current_setting('server_version') as version, pg_database_size(current_database()) as bytes,
      (select count(*) from pg_stat_activity where datname = current_database()) as connections,
      current_setting('max_connections')::integer as allowed`.execute(db);
  return rows[0] as (typeof rows)[number];
}
