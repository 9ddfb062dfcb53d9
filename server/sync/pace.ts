import type { MemberId } from "#shared/ids.ts";

/** What somebody's sockets may cost at once, and a second, in bytes of updates. Other things are reckoned in the same coin. */
const BURST = 4 * 1024 * 1024;
const PER_SECOND = 256 * 1024;
/** The same for a moment: a burst of tiny messages would keep everybody else waiting for as long as it lasts. */
const MOMENT = 1024 * 1024;
/** What the smallest message costs. */
const LEAST = 512;
/** A socket that nobody reads for a minute is taken for dead. */
const LONGEST = 10_000;

/** Whoever sends more than a server can look at beside everybody else's is not refused, but read more slowly. */
export interface Pace {
  /** Spends what something costs that somebody has sent, and answers how long to read nothing more of theirs, in ms. */
  spend(person: MemberId, cost: number): number;
  /** Drops what says nothing any more. */
  sweep(): void;
}

export function createPace(now: () => number = Date.now): Pace {
  const purses = new Map<MemberId, { long: number; short: number; at: number }>();

  function purseOf(person: MemberId) {
    const time = now();
    const purse = purses.get(person) ?? { long: BURST, short: MOMENT, at: time };
    const seconds = (time - purse.at) / 1_000;
    purse.long = Math.min(BURST, purse.long + seconds * PER_SECOND);
    purse.short = Math.min(MOMENT, purse.short + seconds * MOMENT);
    purse.at = time;
    purses.set(person, purse);
    return purse;
  }

  return {
    spend(person, cost) {
      const purse = purseOf(person);
      purse.long -= Math.max(cost, LEAST);
      purse.short -= Math.max(cost, LEAST);
      const seconds = Math.max(0, -purse.long / PER_SECOND, -purse.short / MOMENT);
      return Math.min(LONGEST, seconds * 1_000);
    },
    sweep() {
      for (const person of purses.keys()) if (purseOf(person).long >= BURST) purses.delete(person);
    },
  };
}
