import { sql, type Kysely } from "kysely";

import type { Database } from "#server/database/types.ts";

const OLDER = "older";

/** Remembers all that the tables hold; answers how to make them so again. Restore while no server runs. */
export async function backUp(db: Kysely<Database>): Promise<() => Promise<void>> {
  const tables = await tablesOf(db);
  await sql`drop schema if exists ${sql.id(OLDER)} cascade`.execute(db);
  await sql`create schema ${sql.id(OLDER)}`.execute(db);
  for (const { name } of tables)
    await sql`create table ${sql.id(OLDER, name)} as table ${sql.id("public", name)}`.execute(db);

  return () =>
    db.transaction().execute(async (trx) => {
      // Without triggers and foreign keys: the whole is as it was, whatever the order.
      await sql`set local session_replication_role = replica`.execute(trx);
      await sql`truncate ${sql.join(tables.map(({ name }) => sql.id("public", name)))}`.execute(trx);
      for (const { name, columns } of tables) {
        const list = sql.join(columns.map((column) => sql.id(column)));
        await sql`insert into ${sql.id("public", name)} (${list}) overriding system value select ${list} from ${sql.id(OLDER, name)}`.execute(
          trx,
        );
      }
    });
}

/** Tables with the columns that are not computed from others. */
async function tablesOf(db: Kysely<Database>) {
  const { rows } = await sql<{ readonly name: string; readonly columns: readonly string[] }>`
    select t.table_name as name, array_agg(c.column_name::text) as columns
    from information_schema.tables t
    join information_schema.columns c on c.table_schema = t.table_schema and c.table_name = t.table_name
    where t.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
    group by t.table_name`.execute(db);
  return rows;
}
