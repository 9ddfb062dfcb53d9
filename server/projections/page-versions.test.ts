import { expect, test } from "vitest";

import { MAX_VERSIONS, superfluous, type Noted } from "./page-versions.ts";

const HOUR = 3_600_000;
const by = (author: string, count: number, from: number, pause: number, first = 1): readonly Noted[] =>
  Array.from({ length: count }, (_, index) => ({
    version: first + index,
    at: from + index * pause,
    authors: [author],
  }));

test("a history that is not long is kept whole", () => expect(superfluous(by("alice", 200, 0, 9 * HOUR))).toEqual([]));

test("whoever adds a thousand versions in a day pushes out their own", () => {
  const hers = by("alice", 200, 0, 9 * HOUR);
  const flood = by("mallory", 1_000, 2_400 * HOUR, 60_000, 201);
  const gone = new Set(superfluous([...hers, ...flood]));
  expect(hers.filter(({ version }) => gone.has(version))).toEqual([]);
  expect(flood.length - gone.size).toBe(24);
  expect(gone.has(1_200)).toBe(false);
});

test("nor do they do so in many days, until they have as many as others", () => {
  const hers = by("alice", 100, 0, 9 * HOUR);
  const flood = by("mallory", 1_000, 2_000 * HOUR, 4 * HOUR, 101);
  const gone = new Set(superfluous([...hers, ...flood]));
  expect(gone.size).toBe(1_100 - MAX_VERSIONS);
  expect(hers.filter(({ version }) => gone.has(version))).toEqual([]);
});

test("what somebody wrote long before comes back from among many, with the newest", () => {
  const hers = by("alice", 400, 0, 9 * HOUR);
  const gone = new Set(superfluous([...hers, { version: 401, at: 4_000 * HOUR, authors: ["bob"] }]));
  expect(gone.size).toBe(101);
  expect([400, 401].some((version) => gone.has(version))).toBe(false);
});
