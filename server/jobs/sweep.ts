import { compact, documentsToCompact } from "#server/documents/compact.ts";
import { documentsBehind } from "#server/projections/behind.ts";

import { handlers, type WorkDependencies } from "./work.ts";

/** Documents that one sweep takes on; the next one takes the rest. */
const LIMIT = 500;

/**
 * Does the work that a lost job left: a process that died between its commit and its bell, a queue that was down, a
 * worker that was killed, whose job is not given to another before its lock has run out. It does not go through the
 * queue, which may be what has failed.
 */
export async function sweep(deps: WorkDependencies): Promise<void> {
  for (const document of await documentsBehind(deps.db, LIMIT))
    await handlers.project(deps, document).catch(deps.failed);
  for (const { name, erase } of await documentsToCompact(deps.db))
    await (erase ? handlers.erase(deps, name) : compact(deps.db, name)).catch(deps.failed);
}
