import type { Item as YItem } from "yjs";

import { keyOf, type PageStruct } from "./page-update.ts";
import type { Seat, Seated } from "./page-view.ts";

/**
 * What stands right behind what, as far as a batch has changed that, and how much it has put where: what Yjs will look
 * through beside what is loaded already.
 */
export interface Order {
  /** Undefined where the batch has put nothing. */
  nextOf(key: string): string | undefined;
  countIn(place: string): number;
  /** Puts it there. Answers whether it says that it stands right between two neighbours, and it does. */
  put(one: Seated): boolean;
}

const END = "";
/** Somewhere behind that, among others. */
const SOMEWHERE = "?";

/** Goes on from another one, which it leaves as it is. */
export function createOrder(from?: Order): Order {
  const next = new Map<string, string>();
  const counts = new Map<string, number>();

  const order: Order = {
    nextOf: (key) => next.get(key) ?? from?.nextOf(key),
    countIn: (place) => counts.get(place) ?? from?.countIn(place) ?? 0,
    put({ struct, place }) {
      if (place === "gone") return true;
      const { client, clock, length, origin, rightOrigin } = struct;
      const within = placeKey(place);
      const before = origin === undefined ? within : keyOf(origin);
      const right = rightOrigin === undefined ? END : keyOf(rightOrigin);
      const isBetween = (order.nextOf(before) ?? loadedNext(struct, place)) === right;
      next.set(before, isBetween ? keyOf(struct) : SOMEWHERE);
      next.set(keyOf({ client, clock: clock + length - 1 }), right);
      counts.set(within, order.countIn(within) + 1);
      return isBetween;
    },
  };
  return order;
}

/** No position is called like this. */
export const placeKey = ({ within, sub }: Seat): string => `in ${within.key} ${sub ?? ""}`;

/** Of what the batch has not touched: in the loaded document, or within a struct of the batch. */
function loadedNext({ origin }: PageStruct, { within, sub, gap: { left } }: Seat): string {
  if (origin === undefined) return startOf(firstIn(within.type, sub));
  const inner = { client: origin.client, clock: origin.clock + 1 };
  const isLast = left !== null && left.id.client === origin.client && left.id.clock + left.length === inner.clock;
  return isLast ? startOf(left.right) : keyOf(inner);
}

const startOf = (item: YItem | null): string => (item === null ? END : keyOf(item.id));

export function firstIn(type: Seat["within"]["type"], sub: string | undefined): YItem | null {
  if (type === undefined) return null;
  if (sub === undefined) return type._start;
  let first = type._map.get(sub) ?? null;
  while (first !== null && first.left !== null) first = first.left;
  return first;
}
