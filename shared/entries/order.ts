import type { Row } from "./row.ts";

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The order of a timeline. Total: no two rows are equal in it. */
export const compareRows = (a: Row, b: Row): number =>
  a.position - b.position || a.at - b.at || byText(a.author, b.author) || byText(a.id, b.id);

/** The place of the first row that does not stand before the given one. */
function placeOf(rows: readonly Row[], row: Row): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareRows(rows[middle] as Row, row) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Sorted rows with some taken out and others put in. Few changes cost a copy, many one sort. */
export function rearranged(rows: readonly Row[], out: readonly Row[], into: readonly Row[]): readonly Row[] {
  if (out.length + into.length > 64) {
    const gone = new Set(out);
    return [...rows.filter((row) => !gone.has(row)), ...into].toSorted(compareRows);
  }
  const next = [...rows];
  for (const row of out) next.splice(placeOf(next, row), 1);
  for (const row of into) next.splice(placeOf(next, row), 0, row);
  return next;
}
