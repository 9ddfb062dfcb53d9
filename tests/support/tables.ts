import { sql, type Kysely } from "kysely";
import { expect } from "vitest";

import type { Database } from "#server/database/types.ts";
import { documentsBehind } from "#server/projections/behind.ts";
import { rebuild } from "#server/projections/rebuild.ts";
import { projectDocument } from "#server/projections/run.ts";

const TABLES = [
  "activity",
  "activity_day",
  "checkpoint",
  "entry",
  "entry_about",
  "marker",
  "mention",
  "message",
  "moderation_act",
  "reaction",
  "report",
  "resonance",
  "settlement",
] as const;

/** Every row of every projection, in one order. */
async function projectedRows(db: Kysely<Database>): Promise<readonly string[]> {
  const rows = await Promise.all(
    TABLES.map((table) => sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(table)} t`.execute(db)),
  );
  return rows.flatMap((table, index) => table.rows.map(({ row }) => `${TABLES[index]} ${row}`)).toSorted();
}

/** Does what a worker would have done by now. */
export async function projectAll(db: Kysely<Database>): Promise<void> {
  for (const name of await documentsBehind(db, 10_000)) await projectDocument(db, name);
}

/** Fails unless what was projected on the way is what a rebuild makes of the journal. */
export async function expectAsRebuilt(db: Kysely<Database>): Promise<void> {
  const onTheWay = await projectedRows(db);
  await rebuild(db, () => undefined);
  expect(onTheWay).toEqual(await projectedRows(db));
}
