import { ContentAny, findIndexSS, getState, Item as YItem, type Doc } from "yjs";

import type { Author } from "#shared/documents/names.ts";

import type { Item, Position, Range } from "./update.ts";

/** Whose log a clientID writes in, by clientID. */
export type Bindings = ReadonlyMap<number, Author>;

/** Stands for a value that was deleted. */
export const DELETED = Symbol("deleted");

/** A document as a judgement sees it: what was committed, and what the running batch has admitted on top. */
export interface DocumentView {
  /** The first position of this clientID that is still free. */
  clockOf(client: number): number;
  ownerOf(client: number): Author | undefined;
  /** Whether the server writes under this clientID, in whosever log. */
  isPen(client: number): boolean;
  /** What lies at a known position. */
  valueAt(position: Position): unknown;
  isDeleted(range: Range): boolean;
  admit(items: readonly Item[], deletes: readonly Range[], owner: Author): void;
}

/** A view over a loaded document that changes neither it nor its bindings. */
export function createView(doc: Doc, bindings: Bindings, pens: ReadonlySet<number> = new Set()): DocumentView {
  const admitted = new Map<number, { readonly owner: Author; readonly items: Item[] }>();
  const deleted = new Map<number, Set<number>>();

  const committedClock = (client: number): number => getState(doc.store, client);
  const wasDeleted = ({ client, clock }: Position): boolean => deleted.get(client)?.has(clock) === true;

  /** What was stored at a position: values that begin at a clock, or as many deleted ones. */
  function runAt({ client, clock }: Position): Run {
    if (clock >= committedClock(client)) return itemAt(admitted.get(client)?.items ?? [], clock);
    const structs = doc.store.clients.get(client) ?? [];
    const struct = structs[findIndexSS(structs, clock)] as YItem;
    const alive = struct instanceof YItem && !struct.deleted && struct.content instanceof ContentAny;
    return {
      clock: struct.id.clock,
      length: struct.length,
      values: alive ? (struct.content as ContentAny).arr : undefined,
    };
  }

  /** How many positions are deleted in a row from this one on. */
  function deletedFrom(position: Position): number {
    if (wasDeleted(position)) return 1;
    const run = runAt(position);
    return run.values === undefined ? run.clock + run.length - position.clock : 0;
  }

  const view: DocumentView = {
    clockOf(client) {
      const last = admitted.get(client)?.items.at(-1);
      return last === undefined ? committedClock(client) : last.clock + last.length;
    },
    ownerOf: (client) => bindings.get(client) ?? admitted.get(client)?.owner,
    isPen: (client) => pens.has(client),
    valueAt(position) {
      if (position.clock >= view.clockOf(position.client)) return undefined;
      if (wasDeleted(position)) return DELETED;
      const run = runAt(position);
      return run.values === undefined ? DELETED : run.values[position.clock - run.clock];
    },
    isDeleted({ client, clock, length }) {
      const end = clock + length;
      if (end > view.clockOf(client)) return false;
      // Run by run: a few bytes can name thousands of positions.
      for (let at = clock, run = 0; at < end; at += run) {
        run = deletedFrom({ client, clock: at });
        if (run === 0) return false;
      }
      return true;
    },
    admit(items, deletes, owner) {
      for (const item of items) {
        const own = admitted.get(item.client) ?? { owner, items: [] };
        own.items.push(item);
        admitted.set(item.client, own);
      }
      for (const range of deletes) deletePositions(deleted, range);
    },
  };
  return view;
}

type Run = Pick<Item, "clock" | "length" | "values">;

/** Items of one clientID ascend without a gap. */
function itemAt(items: readonly Item[], clock: number): Run {
  let [low, high] = [0, items.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((items[middle] as Item).clock <= clock) low = middle;
    else high = middle - 1;
  }
  return items[low] as Item;
}

function deletePositions(deleted: Map<number, Set<number>>, { client, clock, length }: Range): void {
  const clocks = deleted.get(client) ?? new Set();
  for (let at = clock; at < clock + length; at += 1) clocks.add(at);
  deleted.set(client, clocks);
}
