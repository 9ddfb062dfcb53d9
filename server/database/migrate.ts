import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { sql, type Kysely } from "kysely";

import { CannotStart } from "./cannot-start.ts";
import type { Database } from "./types.ts";

interface Migration {
  readonly name: string;
  readonly text: string;
  readonly checksum: string;
}

const LOCK = 4_711_001;

/**
 * Applies what is missing of the SQL files in `folder`, in the order of their names, each in its own transaction.
 * Forward only. Several processes may call it at once. Answers the names of what it applied.
 */
export async function migrate(db: Kysely<Database>, folder: string): Promise<readonly string[]> {
  const migrations = readMigrations(folder);
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${LOCK})`.execute(connection);
    try {
      const missing = plan(migrations, await appliedMigrations(connection));
      for (const migration of missing) await apply(connection, migration);
      return missing.map(({ name }) => name);
    } finally {
      await sql`select pg_advisory_unlock(${LOCK})`.execute(connection);
    }
  });
}

const readMigrations = (folder: string): readonly Migration[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .toSorted()
    .map((name) => {
      const text = readFileSync(join(folder, name), "utf8");
      return { name, text, checksum: createHash("sha256").update(text).digest("hex") };
    });

async function appliedMigrations(db: Kysely<Database>): Promise<ReadonlyMap<string, string>> {
  await sql`create table if not exists migration (name text primary key, checksum text not null, applied_at timestamptz not null default now())`.execute(
    db,
  );
  const { rows } = await sql<{ name: string; checksum: string }>`select name, checksum from migration`.execute(db);
  return new Map(rows.map(({ name, checksum }) => [name, checksum]));
}

function plan(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): readonly Migration[] {
  const known = new Set(migrations.map(({ name }) => name));
  const newer = [...applied.keys()].find((name) => !known.has(name));
  if (newer !== undefined)
    throw new CannotStart(`The database was made by a newer release (it has ${newer}). Start that release again.`);

  const changed = migrations.find(({ name, checksum }) => applied.has(name) && applied.get(name) !== checksum);
  if (changed !== undefined)
    throw new CannotStart(`The migration ${changed.name} was changed after it had been applied.`);
  return migrations.filter(({ name }) => !applied.has(name));
}

const apply = (db: Kysely<Database>, { name, text, checksum }: Migration): Promise<void> =>
  db.transaction().execute(async (trx) => {
    await sql.raw(text).execute(trx);
    await sql`insert into migration (name, checksum) values (${name}, ${checksum})`.execute(trx);
  });
