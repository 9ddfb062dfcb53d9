/** Chance that can be repeated. */
export interface Dice {
  /** A whole number from 0, below `count`. */
  below(count: number): number;
  /** Whether something happens that happens `percent` times in a hundred. */
  percent(percent: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
}

export function createDice(seed: number): Dice {
  let state = seed >>> 0;

  // mulberry32
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const below = (count: number): number => Math.floor(next() * count);

  return { below, percent: (percent) => below(100) < percent, pick: (values) => values[below(values.length)] as never };
}
