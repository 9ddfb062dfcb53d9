import type { Fold } from "#shared/entries/fold.ts";

import { watchDoc, type Replica } from "./replica.ts";
import { watchLogs } from "./watch-log.ts";

/** Keeps the entries of a replica in a fold until stopped; then they are taken out again. */
export const readInto = (fold: Pick<Fold, "add" | "remove">, replica: Replica, settled: () => void): (() => void) =>
  watchDoc(replica, (doc) => watchLogs(doc, replica.ref.segment, { add: fold.add, remove: fold.remove, settled }));
