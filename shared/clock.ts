/** How far the clock follows entries ahead of the server's time, in ms: one wrong clock must not drag everybody's. */
const LEASH = 1_000;

/** A hybrid logical clock in ms: the server's time as far as it is known here, and later than what was seen before. */
export interface Clock {
  /** The server's time. */
  now(): number;
  /** For a new entry: after everything that this clock has seen. */
  stamp(): number;
  /** Takes note of an entry that somebody wrote. */
  observe(at: number): void;
  /** What the server's clock is ahead of this device's. */
  offset(): number;
  /** Takes note of the server's time at this moment. */
  correct(serverNow: number): void;
}

/** `wall` is this device's clock, `offset` what is remembered of the server's. */
export function createClock(wall: () => number, offset = 0): Clock {
  let ahead = offset;
  let newest = 0;
  const now = (): number => Math.round(wall() + ahead);

  return {
    now,
    stamp() {
      newest = Math.max(now(), Math.min(newest, now() + LEASH) + 1);
      return newest;
    },
    observe: (at) => void (newest = Math.max(newest, Math.min(at, now() + LEASH))),
    offset: () => ahead,
    correct: (serverNow) => void (ahead = serverNow - wall()),
  };
}

/**
 * What an entry's time is when it is sent for the first time: stamped with one idea of the server's clock, corrected by
 * the present one, and not after the present.
 */
export const corrected = (at: number, offsetThen: number, clock: Pick<Clock, "now" | "offset">): number =>
  Math.max(1, Math.min(Math.round(at - offsetThen + clock.offset()), clock.now() + LEASH));
