import {
  ContentFormat,
  ContentString,
  decodeUpdate,
  findIndexSS,
  getState,
  mergeUpdates,
  type Doc,
  type Item,
} from "yjs";

/** Whether all that an update says is in a document already: what it adds, and what it deletes. */
export function holds(doc: Doc, update: Uint8Array): boolean {
  const { structs, ds } = decodeUpdate(update);
  return (
    structs.every(({ id, length }) => id.clock + length <= getState(doc.store, id.client)) &&
    [...ds.clients].every(([client, ranges]) => ranges.every(({ clock, len }) => isDeleted(doc, client, clock, len)))
  );
}

/** Whether all of a range is there, and taken out. */
export function isDeleted(doc: Doc, client: number, clock: number, length: number): boolean {
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

/** The words that updates bring and do not take out again, whatever became of what they stand in. */
export function wordsIn(updates: readonly Uint8Array[]): string {
  if (updates.length === 0) return "";
  const { structs, ds } = decodeUpdate(mergeUpdates([...updates]));
  const lines: string[] = [];
  let end: { readonly client: number; readonly clock: number } | undefined;
  for (const struct of structs) {
    const { id, length } = struct;
    const { origin, content } = struct as Partial<Item>;
    if (!(content instanceof ContentString || content instanceof ContentFormat)) continue;
    const goesOn = end !== undefined && origin?.client === end.client && origin.clock === end.clock;
    if (!goesOn) lines.push("");
    if (content instanceof ContentString)
      lines.push(`${lines.pop() ?? ""}${standing(content.str, id.clock, ds.clients.get(id.client) ?? [])}`);
    end = { client: id.client, clock: id.clock + length - 1 };
  }
  return lines.filter((line) => line !== "").join("\n");
}

/** What is left of words when some of their positions are taken out. */
function standing(
  text: string,
  clock: number,
  gone: readonly { readonly clock: number; readonly len: number }[],
): string {
  const parts: string[] = [];
  let from = clock;
  for (const range of gone) {
    if (range.clock + range.len <= from || range.clock >= clock + text.length) continue;
    parts.push(text.slice(from - clock, Math.max(from, range.clock) - clock));
    from = range.clock + range.len;
  }
  return [...parts, text.slice(from - clock)].join("");
}
