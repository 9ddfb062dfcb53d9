import { logName, type Author } from "#shared/documents/names.ts";

import type { DocumentView } from "./document-view.ts";
import type { Item, Position } from "./update.ts";
import { refuse, type Refusal } from "./verdict.ts";

/** Items whose place Yjs must search for: with hundreds of them a small frame blocks a node for half a second. */
const MAX_SEARCHED = 16;

/** Checks that everything new lies in the author's own log, under clientIDs of their own, behind something that is there. */
export function checkPlaces(fresh: readonly Item[], author: Author, view: DocumentView): Refusal | undefined {
  const foreign = checkOwners(fresh, author, view);
  if (foreign !== undefined || goesOn(fresh, view)) return foreign;
  return (
    checkRoots(fresh, author) ??
    checkOriginOwners(fresh, author, view) ??
    checkSearched(fresh) ??
    checkDependencies(fresh, view)
  );
}

/** What nearly every frame is: one item right behind the last of its clientID. Then its place needs no search. */
function goesOn([item, ...others]: readonly Item[], view: DocumentView): boolean {
  if (item?.origin === undefined || others.length > 0) return false;
  const { client, clock, origin } = item;
  return origin.client === client && origin.clock === clock - 1 && clock === view.clockOf(client);
}

function checkOwners(fresh: readonly Item[], author: Author, view: DocumentView): Refusal | undefined {
  const foreign = fresh.find(({ client }) => (view.ownerOf(client) ?? author) !== author || view.isPen(client));
  return foreign && refuse("foreign-client", `clientID ${foreign.client} belongs to somebody else`);
}

function checkRoots(fresh: readonly Item[], author: Author): Refusal | undefined {
  const stray = fresh.find(({ root }) => root !== undefined && root !== logName(author));
  return stray && refuse("forbidden", `not your log: ${stray.root?.slice(0, 64)}`);
}

/** An origin in a new clientID of the frame is the author's own, since all new ones are. */
function checkOriginOwners(fresh: readonly Item[], author: Author, view: DocumentView): Refusal | undefined {
  const clients = new Set(fresh.map(({ client }) => client));
  const stray = fresh.find(({ origin }) => {
    const owner = origin && view.ownerOf(origin.client);
    return origin !== undefined && !clients.has(origin.client) && owner !== undefined && owner !== author;
  });
  return stray && refuse("forbidden", "an origin lies in somebody else's log");
}

function checkSearched(fresh: readonly Item[]): Refusal | undefined {
  const searched = fresh.filter(({ client, clock, origin }) => origin?.client !== client || origin.clock !== clock - 1);
  return searched.length > MAX_SEARCHED ? refuse("malformed", "too many items apart from each other") : undefined;
}

/** Finds an order in which every item comes after its origin. Dependencies between clientIDs may run both ways. */
function checkDependencies(fresh: readonly Item[], view: DocumentView): Refusal | undefined {
  const reached = new Map<number, number>();
  const queues = [...Map.groupBy(fresh, ({ client }) => client)].map(([client, items]) => ({ client, items, next: 0 }));
  const isThere = ({ client, clock }: Position): boolean => clock < (reached.get(client) ?? view.clockOf(client));

  for (let moved = true; moved;) {
    moved = false;
    for (const queue of queues) {
      for (
        let item = queue.items[queue.next];
        item !== undefined && (item.origin === undefined || isThere(item.origin));
        item = queue.items[queue.next]
      ) {
        reached.set(queue.client, item.clock + item.length);
        queue.next += 1;
        moved = true;
      }
    }
  }
  const stuck = queues.some(({ items, next }) => next < items.length);
  return stuck ? refuse("missing-dependency", "an origin is not known") : undefined;
}
