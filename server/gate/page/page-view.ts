import { AbstractType, findIndexSS, getState, Item as YItem, XmlElement, XmlText, type Doc } from "yjs";

import type { Bindings } from "../document-view.ts";
import type { Author } from "#shared/documents/names.ts";
import { PAGE_ROOT } from "#shared/pages/root.ts";

import type { Position, Range } from "../update.ts";
import { createErased } from "./erased.ts";
import { createOrder, type Order } from "./order.ts";
import { keyOf, type PageStruct } from "./page-update.ts";

/** Of whatever kind. */
type YType = AbstractType<never>;

/** What something may lie in: the page, an element of it, or a stretch of words. */
export interface Container {
  /** What it is called by those who ask what may lie in it; `run` for words. */
  readonly name: string;
  readonly depth: number;
  /** Tells it from every other one. */
  readonly key: string;
  /** The same in the loaded document, where it is there already. */
  readonly type: YType | undefined;
}

/** How stretches of words are called: no element has this name. */
export const RUN = "#run";

/** Neighbours in the loaded document between which something lies: what Yjs looks through to find its place. */
export interface Gap {
  readonly left: YItem | null;
  readonly right: YItem | null;
}

/** Where something lies, for ever. */
export interface Seat {
  readonly within: Container;
  /** The attribute that it is. */
  readonly sub: string | undefined;
  /** What it is to others that lie in it. */
  readonly opens: Container | "gone" | undefined;
  readonly gap: Gap;
}

/** `gone`: it was deleted together with what it lay in, and so is whatever is put beside it. */
export type Place = Seat | "gone";

/** A page as a judgement sees it: what was committed, and what the running batch has admitted on top. */
export interface PageView {
  readonly root: Container;
  /** As what was admitted has left it. */
  readonly order: Order;
  clockOf(client: number): number;
  ownerOf(client: number): Author | undefined;
  /** Undefined for a position that is not known. */
  placeOf(position: Position): Place | undefined;
  /** What of a known range is not deleted yet, cut where structs end. */
  aliveIn(range: Range): readonly Range[];
  /** Whether a known position is not the first of its struct: what wants to stand there cuts it. */
  isWithin(position: Position): boolean;
  /** How many structs a clientID has: a cut moves them aside. */
  structsOf(client: number): number;
  /** How much of ranges that are alive is words. */
  textIn(ranges: readonly Range[]): number;
  /** How much it holds: structs, and words. */
  size(): PageSize;
  admit(seated: readonly Seated[], deletes: readonly Range[], owner: Author): void;
}

export interface PageSize {
  readonly structs: number;
  readonly text: number;
}

/** A struct whose place is known. */
export interface Seated {
  readonly struct: PageStruct;
  readonly place: Place;
}

/** A view over a loaded page that changes neither it nor its bindings. */
export function createPageView(doc: Doc, bindings: Bindings): PageView {
  const root = doc.getXmlFragment(PAGE_ROOT) as unknown as YType;
  const admitted = new Map<number, { readonly owner: Author; readonly seated: Seated[] }>();
  const erased = createErased();
  let loaded: PageSize | undefined;
  const added = { structs: 0, text: 0 };

  const structAt = ({ client, clock }: Position) => {
    const structs = doc.store.clients.get(client) ?? [];
    return structs[findIndexSS(structs, clock)];
  };

  function containerOf(type: unknown): Container | undefined {
    if (type === root) return view.root;
    if (!(type instanceof XmlText || type instanceof XmlElement) || type._item === null) return undefined;
    const name = type instanceof XmlText ? RUN : type.nodeName;
    const own = type as unknown as YType;
    return { name, depth: depthOf(own), key: keyOf(type._item.id), type: own };
  }

  function seatOf(item: YItem): Place {
    const within = containerOf(item.parent);
    if (within === undefined) return "gone";
    const opens =
      containerOf((item.content as { readonly type?: unknown }).type) ?? (item.deleted ? "gone" : undefined);
    return { within, sub: item.parentSub ?? undefined, opens, gap: { left: item, right: item } };
  }

  const view: PageView = {
    root: { name: "doc", depth: 0, key: "", type: root },
    order: createOrder(),
    clockOf(client) {
      const last = admitted.get(client)?.seated.at(-1)?.struct;
      return last === undefined ? getState(doc.store, client) : last.clock + last.length;
    },
    ownerOf: (client) => bindings.get(client) ?? admitted.get(client)?.owner,
    placeOf(position) {
      if (position.clock >= view.clockOf(position.client)) return undefined;
      if (position.clock >= getState(doc.store, position.client))
        return placeIn(admitted.get(position.client)?.seated ?? [], position.clock);
      const struct = structAt(position);
      return struct instanceof YItem ? seatOf(struct) : "gone";
    },
    aliveIn: (range) => runsOf(range).filter((run) => !isDeletedRun(run)),
    isWithin(position) {
      const { client, clock } = position;
      if (clock < getState(doc.store, client)) return structAt(position)?.id.clock !== clock;
      return seatedAt(admitted.get(client)?.seated ?? [], clock)?.struct.clock !== clock;
    },
    structsOf: (client) => (doc.store.clients.get(client)?.length ?? 0) + (admitted.get(client)?.seated.length ?? 0),
    textIn: (ranges) => ranges.flatMap(runsOf).reduce((sum, run) => sum + (isText(run) ? run.length : 0), 0),
    size() {
      loaded ??= sizeOf(doc);
      return { structs: loaded.structs + added.structs, text: loaded.text + added.text };
    },
    admit(seated, deletes, owner) {
      added.text -= view.textIn(deletes);
      for (const one of seated) {
        const { client, content } = one.struct;
        const own = admitted.get(client) ?? { owner, seated: [] };
        own.seated.push(one);
        view.order.put(one);
        admitted.set(client, own);
        added.structs += 1;
        added.text += content.kind === "text" ? content.text.length : 0;
      }
      deletes.forEach(erased.add);
    },
  };

  /** A range cut where structs end: a few bytes can name thousands of positions. */
  function runsOf({ client, clock, length }: Range): Range[] {
    const runs: Range[] = [];
    const end = clock + length;
    for (let at = clock; at < end;) {
      const stop = Math.min(end, endOfRun({ client, clock: at }));
      runs.push({ client, clock: at, length: stop - at });
      at = stop;
    }
    return runs;
  }

  function endOfRun(position: Position): number {
    const { client, clock } = position;
    if (clock < getState(doc.store, client)) {
      const struct = structAt(position);
      return struct === undefined ? clock + 1 : struct.id.clock + struct.length;
    }
    const struct = seatedAt(admitted.get(client)?.seated ?? [], clock)?.struct;
    return struct === undefined || clock >= struct.clock + struct.length
      ? Number.MAX_SAFE_INTEGER
      : struct.clock + struct.length;
  }

  function isText({ client, clock }: Position): boolean {
    if (clock >= getState(doc.store, client))
      return seatedAt(admitted.get(client)?.seated ?? [], clock)?.struct.content.kind === "text";
    const struct = structAt({ client, clock });
    return struct instanceof YItem && !struct.deleted && struct.countable;
  }

  function isDeletedRun(run: Range): boolean {
    const { client, clock } = run;
    if (erased.covers(run)) return true;
    if (clock < getState(doc.store, client)) return structAt(run)?.deleted === true;
    const kind = seatedAt(admitted.get(client)?.seated ?? [], clock)?.struct.content.kind;
    return kind === "gone" || kind === "deleted";
  }

  return view;
}

function depthOf(type: YType): number {
  let depth = 0;
  for (let at: unknown = type; at instanceof AbstractType && at._item !== null; at = at._item.parent) depth += 1;
  return depth;
}

function sizeOf(doc: Doc): PageSize {
  let [structs, text] = [0, 0];
  for (const own of doc.store.clients.values()) {
    structs += own.length;
    for (const struct of own) if (struct instanceof YItem && !struct.deleted && struct.countable) text += struct.length;
  }
  return { structs, text };
}

/** Structs of one clientID ascend without a gap. */
export function seatedAt(seated: readonly Seated[], clock: number): Seated | undefined {
  let [low, high] = [0, seated.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((seated[middle] as Seated).struct.clock <= clock) low = middle;
    else high = middle - 1;
  }
  return seated[low];
}

export const placeIn = (seated: readonly Seated[], clock: number): Place | undefined => seatedAt(seated, clock)?.place;
