import * as fc from "fast-check";
import { expect, test } from "vitest";

import { corrected, createClock } from "./clock.ts";

const T = 1_700_000_000_000;

test("an entry is later than every entry seen before it, even within one millisecond", () => {
  const clock = createClock(() => T);
  clock.observe(T + 500);
  expect([clock.stamp(), clock.stamp()]).toEqual([T + 501, T + 502]);
});

test("somebody's wrong clock drags nobody further than a second", () => {
  const clock = createClock(() => T);
  clock.observe(T + 3_600_000);
  expect(clock.stamp()).toBe(T + 1_001);
});

test("a device whose clock is wrong writes the server's time", () => {
  const clock = createClock(() => T - 600_000);
  clock.correct(T);
  expect(clock.stamp()).toBe(T);
  expect(clock.offset()).toBe(600_000);
});

test("a device whose clock is set back goes on from there, and not an hour ahead", () => {
  let wall = T + 3_600_000;
  const clock = createClock(() => wall);
  clock.stamp();
  wall = T;
  expect(clock.stamp()).toBe(T + 1_001);
});

test("stamps of one device ascend as long as its clock does, whatever it sees", () => {
  const steps = fc.array(fc.record({ passed: fc.nat(2_000), seen: fc.integer({ min: -5_000, max: 900 }) }));
  fc.assert(
    fc.property(steps, (history) => {
      let wall = T;
      const clock = createClock(() => wall);
      const stamps = history.map(({ passed, seen }) => {
        wall += passed;
        clock.observe(wall + seen);
        return clock.stamp();
      });
      expect(stamps).toEqual([...new Set(stamps)].toSorted((a, b) => a - b));
    }),
  );
});

test("what was written with a wrong clock is corrected at its first send, and never lies in the future", () => {
  const clock = createClock(() => T);
  clock.correct(T - 60_000);
  expect(corrected(T - 5_000, 0, clock)).toBe(T - 65_000);
  expect(corrected(T + 500_000, 0, clock)).toBe(T - 60_000 + 1_000);
});

test("what the server has said of its time holds until this clock is set or sleeps, and is a guess from then on", () => {
  let [wall, steady] = [T, 0];
  const clock = createClock(() => wall, { offset: 7, steady: () => steady });
  expect(clock.guess()).toBe(7);
  clock.correct(T + 60_000);
  [wall, steady] = [wall + 5_000, steady + 5_000];
  expect(clock.guess()).toBeUndefined();
  wall -= 86_400_000;
  expect(clock.guess()).toBe(60_000);
  clock.correct(T + 65_000);
  expect([clock.guess(), clock.now()]).toEqual([undefined, T + 65_000]);
});

test("a time that was known when it was stamped stays, whatever was done to the device's clock since", () => {
  const clock = createClock(() => T);
  clock.correct(T + 86_400_000);
  expect(corrected(T + 86_300_000, undefined, clock)).toBe(T + 86_300_000);
});
