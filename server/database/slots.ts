/** Quarters of an hour, in ms: of these the days of every zone can be made. */
export const SLOT = 900_000;
export const SLOTS_A_DAY = 96;
