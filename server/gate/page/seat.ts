import { PAGE_ROOT } from "#shared/pages/root.ts";
import { MAX_DEPTH } from "#shared/pages/schema.ts";

import type { Position } from "../update.ts";
import { keyOf, type PageStruct } from "./page-update.ts";
import { RUN, seatedAt, type Container, type PageView, type Place, type Seat, type Seated } from "./page-view.ts";
import type { Toll } from "./toll.ts";

/** Why the structs of a frame have no places: something is not known, contradicts itself, or would take too long. */
export type Unseated = "missing" | "misplaced" | "costly";

/**
 * Finds out where every struct of a frame lies, over the document and the whole frame: an encoded frame lists the
 * highest client first, and dependencies run both ways. Each comes after what it depends on.
 */
export function seatAll(fresh: readonly PageStruct[], view: PageView, toll: Toll): readonly Seated[] | Unseated {
  const queues = [...Map.groupBy(fresh, ({ client }) => client).values()].map((structs) => ({ structs, next: 0 }));
  const byClient = new Map<number, Seated[]>();
  const seated: Seated[] = [];

  const placeOf = (position: Position): Place | undefined =>
    position.clock < view.clockOf(position.client)
      ? view.placeOf(position)
      : placeAmong(byClient.get(position.client) ?? [], position);

  function seatNext(struct: PageStruct): Unseated | undefined {
    const place = findPlace(struct, view.root, placeOf);
    if (typeof place === "string" && place !== "gone") return place;
    const one = { struct, place };
    const own = byClient.get(struct.client) ?? [];
    byClient.set(struct.client, own);
    own.push(one);
    seated.push(one);
    return toll.isTooHigh(one) ? "costly" : undefined;
  }

  for (let before = -1; before < seated.length;) {
    before = seated.length;
    for (const queue of queues) {
      for (let struct = queue.structs[queue.next]; struct !== undefined; struct = queue.structs[queue.next]) {
        const problem = seatNext(struct);
        if (problem === "missing") break;
        if (problem !== undefined) return problem;
        queue.next += 1;
      }
    }
  }
  return seated.length < fresh.length ? "missing" : seated;
}

function placeAmong(seated: readonly Seated[], { clock }: Position): Place | undefined {
  const found = seatedAt(seated, clock);
  return found !== undefined && clock < found.struct.clock + found.struct.length ? found.place : undefined;
}

/** As Yjs decides it: beside a neighbour, else in the parent that is named. Whatever is beside something gone is gone. */
function findPlace(
  struct: PageStruct,
  root: Container,
  placeOf: (position: Position) => Place | undefined,
): Place | "missing" | "misplaced" {
  const { content, origin, rightOrigin, parent, sub } = struct;
  if (content.kind === "gone") return "gone";
  if (parent !== undefined)
    return beneath(struct, typeof parent === "string" ? rootOf(parent, root) : placeOf(parent), sub);

  const left = origin === undefined ? null : placeOf(origin);
  const right = rightOrigin === undefined ? null : placeOf(rightOrigin);
  if (left === undefined || right === undefined) return "missing";
  if (left === "gone" || right === "gone") return "gone";
  const beside = (left ?? right) as Seat;
  if (left !== null && right !== null && !areNeighbours(left, right)) return "misplaced";
  const gap = { left: left?.gap.left ?? null, right: right?.gap.right ?? null };
  return { within: beside.within, sub: beside.sub, opens: openedBy(struct, beside.within), gap };
}

const rootOf = (name: string, root: Container): Seat | "misplaced" =>
  name === PAGE_ROOT ? { within: root, sub: undefined, opens: root, gap: { left: null, right: null } } : "misplaced";

function beneath(
  struct: PageStruct,
  parent: Place | "misplaced" | undefined,
  sub: string | undefined,
): Place | "missing" | "misplaced" {
  if (parent === undefined) return "missing";
  if (parent === "gone" || parent === "misplaced") return parent;
  const within = parent.opens;
  if (within === undefined || within === "gone") return within ?? "misplaced";
  return { within, sub, opens: openedBy(struct, within), gap: { left: null, right: null } };
}

const areNeighbours = (left: Seat, right: Seat): boolean =>
  left.within.key === right.within.key && left.sub === right.sub;

/** What others may lie in, once this is there. */
function openedBy(struct: PageStruct, within: Container): Container | "gone" | undefined {
  const { content } = struct;
  const container = { depth: Math.min(within.depth + 1, MAX_DEPTH + 1), key: keyOf(struct), type: undefined };
  if (content.kind === "deleted") return "gone";
  if (content.kind === "run") return { ...container, name: RUN };
  return content.kind === "element" ? { ...container, name: content.name } : undefined;
}
