import { ContentAny, findIndexSS, Item, type Doc } from "yjs";

import type { Position } from "#server/gate/update.ts";

/** What stands at a position of a log; nothing where it was deleted, or is not there. */
export function valueAt(doc: Doc, { client, clock }: Position): unknown {
  const structs = doc.store.clients.get(client) ?? [];
  const last = structs.at(-1);
  if (last === undefined || clock >= last.id.clock + last.length) return undefined;
  const struct = structs[findIndexSS(structs, clock)];
  if (!(struct instanceof Item) || struct.deleted || !(struct.content instanceof ContentAny)) return undefined;
  return struct.content.arr[clock - struct.id.clock];
}
