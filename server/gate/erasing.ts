import type { Item, Position, Range } from "./update.ts";

/** Items without the values that are erased at once, and the deletion of what was there before. */
export function erasing(
  fresh: readonly Item[],
  erased: readonly Position[],
): { items: readonly Item[]; deletes: readonly Range[] } {
  if (erased.length === 0) return { items: fresh, deletes: [] };
  const isFresh = within(fresh);
  const atOnce = new Set(erased.filter(isFresh).map(nameOf));
  const deletes = erased.filter((position) => !isFresh(position)).map((position) => ({ ...position, length: 1 }));

  return { items: fresh.flatMap((item) => withoutValues(item, atOnce)), deletes };
}

const nameOf = ({ client, clock }: Position): string => `${client}:${clock}`;

/** New items of one clientID are consecutive, and nothing lies beyond them. */
function within(fresh: readonly Item[]): (position: Position) => boolean {
  const itemsByClient = Map.groupBy(fresh, ({ client }) => client);
  return ({ client, clock }) => clock >= (itemsByClient.get(client)?.[0]?.clock ?? Infinity);
}

/** Cuts an item into runs that are all kept or all erased; each run stands behind the one before. */
function withoutValues(item: Item, erased: ReadonlySet<string>): Item[] {
  const gone = (item.values ?? []).map((_, index) =>
    erased.has(nameOf({ client: item.client, clock: item.clock + index })),
  );
  const starts = [...gone.keys()].filter((index) => gone[index] !== gone[index - 1]);
  return starts.map((start, run) => part(item, start, starts[run + 1] ?? item.length, gone[start] === true));
}

function part(item: Item, start: number, end: number, gone: boolean): Item {
  const clock = item.clock + start;
  const origin = { client: item.client, clock: clock - 1 };
  const place = start === 0 ? { origin: item.origin, root: item.root } : { origin };
  return {
    client: item.client,
    clock,
    length: end - start,
    values: gone ? undefined : item.values?.slice(start, end),
    ...place,
  };
}
