import type { MemberId } from "#shared/ids.ts";

/** What somebody's sockets may cost at once, and a second, in bytes of updates. Other things are reckoned in the same coin. */
const BURST = 4 * 1024 * 1024;
const PER_SECOND = 256 * 1024;
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
  const purses = new Map<MemberId, { left: number; at: number }>();

  function purseOf(person: MemberId) {
    const time = now();
    const purse = purses.get(person) ?? { left: BURST, at: time };
    purse.left = Math.min(BURST, purse.left + ((time - purse.at) / 1_000) * PER_SECOND);
    purse.at = time;
    purses.set(person, purse);
    return purse;
  }

  return {
    spend(person, cost) {
      const purse = purseOf(person);
      purse.left -= Math.max(cost, LEAST);
      return Math.min(LONGEST, Math.max(0, (-purse.left / PER_SECOND) * 1_000));
    },
    sweep() {
      for (const person of purses.keys()) if (purseOf(person).left >= BURST) purses.delete(person);
    },
  };
}
