import { createOrder, firstIn, placeKey, type Order } from "./order.ts";
import type { Seat, Seated } from "./page-view.ts";

/** Steps that Yjs may have to take through the document to find the places of a frame's structs. */
const MAX_PAGE_STEPS = 100_000;

/** Reckons how much work a frame makes for whoever takes it in, after what its batch has admitted. */
export interface Toll {
  isTooHigh(one: Seated): boolean;
}

/** What honest editors write stands right between its neighbours, and is found at once. */
export function createToll(admitted: Order): Toll {
  const order = createOrder(admitted);
  let steps = 0;

  return {
    isTooHigh(one) {
      const { struct, place } = one;
      const { client, clock, origin } = struct;
      const isBetween = order.put(one);
      const isBehindOwn = origin?.client === client && origin.clock === clock - 1;
      if (place === "gone" || isBetween || isBehindOwn) return false;
      steps += order.countIn(placeKey(place)) + stepsThrough(place, MAX_PAGE_STEPS - steps);
      return steps > MAX_PAGE_STEPS;
    },
  };
}

/** From one neighbour to the other in the loaded document; of an attribute, through all that was ever said of it. */
function stepsThrough({ within, sub, gap }: Seat, most: number): number {
  if (gap.left !== null && gap.left === gap.right) return 0;
  let at = gap.left === null ? firstIn(within.type, sub) : gap.left.right;
  let steps = 0;
  while (at !== null && at !== gap.right && steps <= most) {
    at = at.right;
    steps += 1;
  }
  return steps;
}
