import type { Item, Position, Range } from "./update.ts";

/** Items without the values that are erased at once, and the deletion of what was there before. */
export function erasing(fresh: readonly Item[], erased: readonly Position[]): { items: readonly Item[]; deletes: readonly Range[] } {
  if (erased.length === 0) return { items: fresh, deletes: [] };
  const isFresh = (position: Position): boolean => fresh.some((item) => covers(item, position));
  const atOnce = new Set(erased.filter(isFresh).map(nameOf));
  const deletes = erased.filter((position) => !isFresh(position)).map((position) => ({ ...position, length: 1 }));

  return { items: fresh.flatMap((item) => withoutValues(item, atOnce)), deletes };
}

const nameOf = ({ client, clock }: Position): string => `${client}:${clock}`;

const covers = (item: Item, { client, clock }: Position): boolean =>
  item.client === client && item.clock <= clock && clock < item.clock + item.length;

/** Cuts an item into runs that are all kept or all erased; each run stands behind the one before. */
function withoutValues(item: Item, erased: ReadonlySet<string>): Item[] {
  const runs: Item[] = [];
  item.values?.forEach((value, index) => {
    const clock = item.clock + index;
    const gone = erased.has(nameOf({ client: item.client, clock }));
    const last = runs.at(-1);
    if (last !== undefined && (last.values === undefined) === gone) runs[runs.length - 1] = longer(last, value);
    else runs.push(run(item, index, gone ? undefined : [value]));
  });
  return runs;
}

const longer = (item: Item, value: unknown): Item => ({
  ...item,
  length: item.length + 1,
  values: item.values === undefined ? undefined : [...item.values, value],
});

function run(item: Item, index: number, values: readonly unknown[] | undefined): Item {
  const clock = item.clock + index;
  const place = index === 0 ? { origin: item.origin, root: item.root } : { origin: { client: item.client, clock: clock - 1 } };
  return { client: item.client, clock, length: 1, values, ...place };
}
