import type { Kysely } from "kysely";

import type { Database } from "#server/database/types.ts";

import { emptyPages } from "./pages.ts";
import { projections } from "./projections.ts";
import { projectDocument } from "./run.ts";

/**
 * Empties every projection and projects every document again. People may go on meanwhile: search is incomplete until it
 * is done, and what a running worker projects in between is not lost.
 */
export async function rebuild(db: Kysely<Database>, onProgress: (done: number, total: number) => void): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const projection of projections) await projection.empty(trx);
    await emptyPages(trx);
    await trx.deleteFrom("checkpoint").execute();
  });

  const documents = await db
    .selectFrom("document")
    .select("name")
    .where("kind", "!=", "community")
    .orderBy("name")
    .execute();
  for (const [index, { name }] of documents.entries()) {
    onProgress(index, documents.length);
    await projectDocument(db, name);
  }
  onProgress(documents.length, documents.length);
}
