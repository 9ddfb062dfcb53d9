import { Doc } from "yjs";
import type { Kysely } from "kysely";

import type { Database } from "#server/database/types.ts";
import type { Position } from "#server/gate/update.ts";

import { compact } from "./compact.ts";
import { load } from "./live.ts";
import type { Outcome, Task } from "./task.ts";
import { valueAt } from "./value-at.ts";

/**
 * Makes what was erased really gone from a document: deletes what an entry in another segment has retracted, then
 * compacts. Answers false where the deletion could not be committed; the sweeper comes again.
 */
export async function erase(
  db: Kysely<Database>,
  submit: (task: Task) => Promise<Outcome>,
  name: string,
): Promise<boolean> {
  const positions = await readStanding(db, name);
  if (positions.length > 0) {
    const outcome = await submit({ kind: "erasure", document: name, positions });
    if (outcome.kind !== "committed") return false;
  }
  return (await compact(db, name)) !== undefined;
}

/** Positions of erased entries whose value is still there. */
async function readStanding(db: Kysely<Database>, name: string): Promise<readonly Position[]> {
  const live = await load(db, name, new Doc());
  if (live === undefined) return [];
  const erased = await db
    .selectFrom("entry_key")
    .select(["client_id", "clock"])
    .where("document", "=", name)
    .where("state", "=", "erased")
    .where("client_id", "is not", null)
    .execute();

  return erased
    .flatMap(({ client_id: client, clock }) => (client === null || clock === null ? [] : [{ client, clock }]))
    .filter((position) => valueAt(live.doc, position) !== undefined);
}
