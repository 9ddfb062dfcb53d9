import { ContentAny, findIndexSS, getState, Item as YItem, type Doc } from "yjs";

import type { Author } from "#shared/documents/names.ts";

import type { Item, Position, Range } from "./update.ts";

/** Whose clientID, by clientID. */
export type Bindings = ReadonlyMap<number, Author>;

/** Stands for a value that was deleted. */
export const DELETED = Symbol("deleted");

/** A document as a judgement sees it: what was committed, and what the running batch has admitted on top. */
export interface DocumentView {
  /** The first position of this clientID that is still free. */
  clockOf(client: number): number;
  ownerOf(client: number): Author | undefined;
  /** What lies at a known position. */
  valueAt(position: Position): unknown;
  isDeleted(range: Range): boolean;
  admit(items: readonly Item[], deletes: readonly Range[], owner: Author): void;
}

/** A view over a loaded document that changes neither it nor its bindings. */
export function createView(doc: Doc, bindings: Bindings): DocumentView {
  const admitted = new Map<number, { readonly owner: Author; readonly items: Item[] }>();
  const deleted: Range[] = [];

  const committedClock = (client: number): number => getState(doc.store, client);

  const admittedAt = ({ client, clock }: Position): Item | undefined =>
    admitted.get(client)?.items.find((item) => item.clock <= clock && clock < item.clock + item.length);

  const committedAt = ({ client, clock }: Position): unknown => {
    const structs = doc.store.clients.get(client) ?? [];
    const struct = structs[findIndexSS(structs, clock)];
    if (!(struct instanceof YItem) || struct.deleted || !(struct.content instanceof ContentAny)) return DELETED;
    return struct.content.arr[clock - struct.id.clock];
  };

  const view: DocumentView = {
    clockOf(client) {
      const last = admitted.get(client)?.items.at(-1);
      return last === undefined ? committedClock(client) : last.clock + last.length;
    },
    ownerOf: (client) => bindings.get(client) ?? admitted.get(client)?.owner,
    valueAt(position) {
      if (position.clock >= view.clockOf(position.client)) return undefined;
      if (deleted.some((range) => contains(range, position))) return DELETED;
      if (position.clock < committedClock(position.client)) return committedAt(position);
      const item = admittedAt(position);
      return item?.values === undefined ? DELETED : item.values[position.clock - item.clock];
    },
    isDeleted({ client, clock, length }) {
      if (clock + length > view.clockOf(client)) return false;
      for (let at = clock; at < clock + length; at += 1) if (view.valueAt({ client, clock: at }) !== DELETED) return false;
      return true;
    },
    admit(items, deletes, owner) {
      for (const item of items) {
        const own = admitted.get(item.client) ?? { owner, items: [] };
        own.items.push(item);
        admitted.set(item.client, own);
      }
      deleted.push(...deletes);
    },
  };
  return view;
}

const contains = (range: Range, { client, clock }: Position): boolean =>
  range.client === client && range.clock <= clock && clock < range.clock + range.length;
