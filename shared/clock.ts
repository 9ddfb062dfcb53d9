/** How far the clock follows entries ahead of the server's time, in ms: one wrong clock must not drag everybody's. */
const LEASH = 1_000;
/** Somebody has set the device's clock, or it slept, when it went so much otherwise than the steady one, in ms. */
const JUMP = 1_000;

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
  /** How much of that is no more than a memory; undefined once the server has said its time, until this clock is set. */
  guess(): number | undefined;
  /** Takes note of the server's time at this moment. */
  correct(serverNow: number): void;
}

export interface ClockOptions {
  /** What is remembered of the server's clock. */
  readonly offset?: number;
  /** A clock that counts from anywhere, and that nobody can set. */
  readonly steady?: () => number;
}

/** `wall` is this device's clock, which may be wrong, and be set at any moment. */
export function createClock(wall: () => number, { offset = 0, steady = wall }: ClockOptions = {}): Clock {
  let ahead = offset;
  let apart: number | undefined;
  let newest = 0;
  const now = (): number => Math.round(wall() + ahead);
  const isSure = (): boolean => apart !== undefined && Math.abs(wall() - steady() - apart) < JUMP;

  return {
    now,
    stamp() {
      newest = Math.max(now(), Math.min(newest, now() + LEASH) + 1);
      return newest;
    },
    observe: (at) => void (newest = Math.max(newest, Math.min(at, now() + LEASH))),
    offset: () => ahead,
    guess: () => (isSure() ? undefined : ahead),
    correct(serverNow) {
      ahead = serverNow - wall();
      apart = wall() - steady();
    },
  };
}

/**
 * What an entry's time is when it is sent for the first time: what was guessed of the server's clock when it was stamped
 * is replaced by what is known now; what was known then stays, since the device's clock may have been set meanwhile. It
 * is not after the present.
 */
export function corrected(at: number, guess: number | undefined, clock: Pick<Clock, "now" | "offset">): number {
  const known = guess === undefined ? at : at - guess + clock.offset();
  return Math.max(1, Math.min(Math.round(known), clock.now() + LEASH));
}
