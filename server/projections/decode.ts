import type { Author } from "#shared/documents/names.ts";
import { parseEntry } from "#shared/entries/kinds.ts";
import { readUpdate, UNBOUNDED } from "#server/gate/read-update.ts";
import type { Item, Update } from "#server/gate/update.ts";

import type { Addition, Changes } from "./projection.ts";

/** Reads what we encoded ourselves: a row of the journal, or a snapshot. */
export function readStored(bytes: Uint8Array): Update {
  const update = readUpdate(bytes, UNBOUNDED);
  if (!update.ok) throw new Error(`The journal holds an update that cannot be read: ${update.problem.why}`);
  return update.value;
}

/** What updates say, without building the document. Values that we cannot read are passed over. */
export function decode(updates: readonly Update[], ownerOf: (client: number) => Author): Changes {
  return {
    added: updates.flatMap(({ items }) => items.flatMap((item) => additions(item, ownerOf(item.client)))),
    removed: updates.flatMap(({ deletes }) => deletes),
  };
}

function additions({ values, client, clock }: Item, author: Author): readonly Addition[] {
  return (values ?? []).flatMap((value, index) => {
    const entry = parseEntry(value);
    return entry === undefined ? [] : [{ author, entry, position: { client, clock: clock + index } }];
  });
}
