import { canonical } from "#shared/entries/value.ts";

import { DELETED, type DocumentView } from "./document-view.ts";
import type { Item } from "./update.ts";
import { refuse, type Refusal } from "./verdict.ts";

/** A frame's items, told apart into what the document has and what it lacks. */
export interface Split {
  readonly known: readonly Item[];
  readonly fresh: readonly Item[];
}

/**
 * Cuts every item at the clock that is known of its clientID. An item that begins beyond it misses something.
 * Honest clients overlap when the state vector that they answer is a commit old.
 */
export function split(items: readonly Item[], view: DocumentView): Split | "gap" {
  const known: Item[] = [];
  const fresh: Item[] = [];
  const next = new Map<number, number>();

  for (const item of items) {
    const clock = next.get(item.client) ?? view.clockOf(item.client);
    if (item.clock > clock) return "gap";
    const overlap = Math.min(item.length, clock - item.clock);
    if (overlap > 0) known.push(head(item, overlap));
    if (overlap < item.length) fresh.push(tail(item, overlap));
    next.set(item.client, Math.max(clock, item.clock + item.length));
  }
  return { known, fresh };
}

const head = (item: Item, length: number): Item => ({ ...item, length, values: item.values?.slice(0, length) });

/** As `Y.diffUpdate` cuts: the rest stands behind the last position that was cut off. */
function tail(item: Item, offset: number): Item {
  if (offset === 0) return item;
  const clock = item.clock + offset;
  const origin = { client: item.client, clock: clock - 1 };
  return { client: item.client, clock, length: item.length - offset, values: item.values?.slice(offset), origin };
}

/** The known part must be what the document has: else two histories use one clientID. Deleted values are not compared. */
export function checkNoFork(
  known: readonly Item[],
  view: DocumentView,
  rootOf: (client: number) => string | undefined,
): Refusal | undefined {
  const forked = known.find((item) => isInOtherRoot(item, rootOf) || differs(item, view));
  return forked === undefined
    ? undefined
    : refuse("fork", `position ${forked.client}:${forked.clock} holds something else`);
}

const isInOtherRoot = ({ client, root }: Item, rootOf: (client: number) => string | undefined): boolean =>
  root !== undefined && root !== rootOf(client);

const differs = ({ client, clock, values }: Item, view: DocumentView): boolean =>
  values?.some((value, index) => {
    const there = view.valueAt({ client, clock: clock + index });
    return there !== DELETED && canonical(there) !== canonical(value);
  }) ?? false;
