import type { Item as YItem } from "yjs";

import { keyOf, type Seat, type Seated } from "./page-view.ts";

/** Steps that Yjs may have to take through the document to find the places of a frame's structs. */
const MAX_PAGE_STEPS = 100_000;
/** Structs of one frame that stand behind one and the same other: each is compared with all of them. */
const MAX_PAGE_RIVALS = 200;

/** Reckons how much work a frame makes for whoever takes it in. */
export interface Toll {
  isTooHigh(one: Seated): boolean;
}

/** What honest editors write stands right between its neighbours, and is found at once. */
export function createToll(): Toll {
  const rivals = new Map<string, number>();
  let steps = 0;

  return {
    isTooHigh({ struct, place }) {
      const { client, clock, origin } = struct;
      if (place === "gone" || (origin?.client === client && origin.clock === clock - 1)) return false;
      const behind = origin === undefined ? `${place.within.key} ${place.sub ?? ""}` : keyOf(origin);
      const count = (rivals.get(behind) ?? 0) + 1;
      rivals.set(behind, count);
      steps += stepsThrough(place, MAX_PAGE_STEPS - steps);
      return count > MAX_PAGE_RIVALS || steps > MAX_PAGE_STEPS;
    },
  };
}

/** From one neighbour to the other in the loaded document; of an attribute, through all that was ever said of it. */
function stepsThrough({ within, sub, gap }: Seat, most: number): number {
  let at = gap.left === null ? firstIn(within.type, sub) : gap.left.right;
  let steps = 0;
  while (at !== null && at !== gap.right && steps <= most) {
    at = at.right;
    steps += 1;
  }
  return steps;
}

function firstIn(type: Seat["within"]["type"], sub: string | undefined): YItem | null {
  if (type === undefined) return null;
  if (sub === undefined) return type._start;
  let first = type._map.get(sub) ?? null;
  while (first !== null && first.left !== null) first = first.left;
  return first;
}
