import { sql } from "kysely";

/** Within which time half of what waited, and nine of ten, did no longer. Arrays of bigints come as text. */
export type Waits = readonly [median: string, ninth: string] | null;

/** Of a column `wait`; rows in which it is null did not wait. */
export const waitsIn = sql<Waits>`percentile_disc(array[0.5, 0.9]) within group (order by wait)`;

export const waitsOf = (waits: Waits) => ({
  median: waits === null ? null : Number(waits[0]),
  ninth: waits === null ? null : Number(waits[1]),
});
