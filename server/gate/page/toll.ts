import type { Position, Range } from "../update.ts";
import { createOrder, firstIn, placeKey } from "./order.ts";
import { keyOf } from "./page-update.ts";
import { seatedAt, type PageView, type Seat, type Seated } from "./page-view.ts";

/** Steps that Yjs may have to take through the document to take a frame in. */
const MAX_PAGE_STEPS = 100_000;
/** Structs of a clientID are one list: so many are moved aside for another one in the time of a step. */
const MOVED_PER_STEP = 512;

/** Reckons how much work a frame makes for whoever takes it in, after what its batch has admitted. */
export interface Toll {
  /** Of a struct, whose place is to be found, and which may have to be put into another one. */
  isTooHigh(one: Seated): boolean;
  /** Of what is taken out, after all structs: each end of a range may cut one. */
  isTooHighToDelete(deletes: readonly Range[]): boolean;
  steps(): number;
}

/** What honest editors write stands right between its neighbours, and is found at once. */
export function createToll(view: PageView): Toll {
  const order = createOrder(view.order);
  const own = new Map<number, Seated[]>();
  const cuts = new Set<string>();
  let steps = 0;

  function cutAt(position: Position): void {
    const { client, clock } = position;
    const fresh = own.get(client) ?? [];
    if (clock < view.clockOf(client) ? !view.isWithin(position) : !isWithinOne(fresh, clock)) return;
    const key = keyOf(position);
    if (cuts.has(key)) return;
    cuts.add(key);
    steps += Math.floor((view.structsOf(client) + fresh.length + cuts.size) / MOVED_PER_STEP);
  }

  function chargePlace(one: Seated): void {
    const { struct, place } = one;
    const { client, clock, origin } = struct;
    const isBetween = order.put(one);
    const isBehindOwn = origin?.client === client && origin.clock === clock - 1;
    if (place === "gone" || isBetween || isBehindOwn) return;
    steps += order.countIn(placeKey(place)) + stepsThrough(place, MAX_PAGE_STEPS - steps);
  }

  return {
    isTooHigh(one) {
      const { struct } = one;
      if (struct.origin !== undefined) cutAt({ ...struct.origin, clock: struct.origin.clock + 1 });
      if (struct.rightOrigin !== undefined) cutAt(struct.rightOrigin);
      chargePlace(one);
      const before = own.get(struct.client);
      if (before === undefined) own.set(struct.client, [one]);
      else before.push(one);
      return steps > MAX_PAGE_STEPS;
    },
    isTooHighToDelete(deletes) {
      for (const { client, clock, length } of deletes) {
        cutAt({ client, clock });
        cutAt({ client, clock: clock + length });
        if (steps > MAX_PAGE_STEPS) return true;
      }
      return false;
    },
    steps: () => steps,
  };
}

/** Of positions behind the last struct nothing is within. */
function isWithinOne(seated: readonly Seated[], clock: number): boolean {
  const struct = seatedAt(seated, clock)?.struct;
  return struct !== undefined && struct.clock < clock && clock < struct.clock + struct.length;
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
