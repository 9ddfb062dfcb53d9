import { decodeUpdate, findIndexSS, getState, type Doc } from "yjs";

/** Whether all that an update says is in a document already: what it adds, and what it deletes. */
export function holds(doc: Doc, update: Uint8Array): boolean {
  const { structs, ds } = decodeUpdate(update);
  return (
    structs.every(({ id, length }) => id.clock + length <= getState(doc.store, id.client)) &&
    [...ds.clients].every(([client, ranges]) => ranges.every(({ clock, len }) => isDeleted(doc, client, clock, len)))
  );
}

function isDeleted(doc: Doc, client: number, clock: number, length: number): boolean {
  const end = clock + length;
  if (end > getState(doc.store, client)) return false;
  const structs = doc.store.clients.get(client) ?? [];
  for (let index = findIndexSS(structs, clock), at = clock; at < end; index += 1) {
    const struct = structs[index];
    if (struct?.deleted !== true) return false;
    at = struct.id.clock + struct.length;
  }
  return true;
}

/** The words that updates bring, whatever became of what they stand in. */
export const wordsIn = (updates: readonly Uint8Array[]): string =>
  updates
    .flatMap((update) => decodeUpdate(update).structs)
    .map((struct) => (struct as { readonly content?: { readonly str?: string } }).content?.str ?? "")
    .filter((text) => text !== "")
    .join("\n");
