import { SYS, type Author } from "#shared/documents/names.ts";
import { kindOf, parseEntry, type Entry } from "#shared/entries/kinds.ts";
import { isEntryId, type EntryId } from "#shared/ids.ts";

/** What judging these values of one author will ask the entry keys for. */
export function keysAskedFor(author: Author, values: readonly unknown[]) {
  const entries = values.map(parseEntry).filter((entry) => entry !== undefined);
  const own = values.map(idOf).filter((id) => id !== undefined);
  const about = entries.flatMap((entry) =>
    [kindOf(entry).erases?.(entry) ?? [], kindOf(entry).partOf?.(entry) ?? []].flat(),
  );
  const states = entries.flatMap((entry) => kindOf(entry).state?.(entry) ?? []);
  const answered = entries.flatMap((entry) => answeredBy(author, entry) ?? []);

  return {
    refs: [...own.map((id) => ({ author, id })), ...about],
    states: [...states.map((stateKey) => ({ author, stateKey })), ...answered],
  };
}

/** Whose state an entry answers, and which. */
export function answeredBy(author: Author, entry: Entry) {
  const answered = kindOf(entry).answers?.(entry);
  return answered && { author: answered.by === "server" ? SYS : author, stateKey: answered.stateKey };
}

/** The id that a value claims, if it is one. Total: it meets values that no schema has seen. */
export function idOf(value: unknown): EntryId | undefined {
  const id = typeof value === "object" && value !== null ? (value as { id?: unknown }).id : undefined;
  return isEntryId(id) ? id : undefined;
}
