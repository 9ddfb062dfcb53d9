import { expect, test } from "vitest";

import type { MemberId } from "#shared/ids.ts";

import { createPace } from "./pace.ts";

const MEGABYTE = 1024 * 1024;
const mallory = "mallory" as MemberId;

/** How much is read in a minute of sockets that always have more to be read. */
function readInAMinute(cost: number, sockets = 1): number {
  const clock = { now: 0 };
  const pace = createPace(() => clock.now);
  const freeAt = Array.from({ length: sockets }, () => 0);
  let read = 0;
  for (; clock.now < 60_000; clock.now = Math.min(...freeAt)) {
    const socket = freeAt.indexOf(clock.now);
    freeAt[socket] = clock.now + pace.spend(mallory, cost);
    read += cost;
  }
  return read;
}

test("what one person sends is read in full at first, and then no faster than the server can look at", () => {
  expect(readInAMinute(64 * 1024) / MEGABYTE).toBeCloseTo(4 + 60 / 4, 0);
});

test("many sockets of one person are read no faster than one, but for what they have sent already", () => {
  expect(readInAMinute(64 * 1024, 32)).toBeLessThan(readInAMinute(64 * 1024) + 3 * MEGABYTE);
});

test("tiny messages cost more than their bytes", () => {
  expect(readInAMinute(10)).toBeLessThan(MEGABYTE / 2);
});

test("others are read as before", () => {
  const pace = createPace(() => 0);
  while (pace.spend(mallory, MEGABYTE) === 0);
  expect(pace.spend("bob" as MemberId, MEGABYTE)).toBe(0);
});

test("not even what may be sent at once keeps everybody waiting: a megabyte of it is read, and a second later another", () => {
  const clock = { now: 0 };
  const pace = createPace(() => clock.now);
  let read = 0;
  while (pace.spend(mallory, 512) === 0) read += 1;
  expect(read).toBe(MEGABYTE / 512);
  clock.now = 1_000;
  expect(pace.spend(mallory, MEGABYTE / 2)).toBe(0);
});
