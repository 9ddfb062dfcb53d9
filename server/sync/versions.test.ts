import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { Live } from "#server/documents/live.ts";

import { createVersions, type Versions } from "./versions.ts";

let told: string[];
let versions: Versions;
beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  versions = createVersions(({ name, version }) => void told.push(`${name} ${version}`));
});
afterEach(() => {
  versions.close();
  vi.useRealTimers();
});

interface Document {
  readonly name: string;
  version: number;
}

/** A commit moves a document on, and what may be told then is. */
function commit(document: Document): void {
  document.version += 1;
  versions.moved(document as Live);
  versions.tell();
}

test("after a quiet moment a version is told together with its commit", () => {
  const document = { name: "room", version: 4 };
  commit(document);
  expect(told).toEqual(["room 5"]);
  vi.advanceTimersByTime(5_000);
  commit(document);
  expect(told).toEqual(["room 5", "room 6"]);
});

test("of a busy document one in three seconds is told, and the last one always", () => {
  const document = { name: "room", version: 0 };
  for (let commits = 0; commits < 100; commits += 1) {
    commit(document);
    vi.advanceTimersByTime(32);
  }
  expect(told.length).toBeLessThanOrEqual(2);
  vi.advanceTimersByTime(3_000);
  expect(told.at(-1)).toBe("room 100");
  const { length } = told;
  vi.advanceTimersByTime(10_000);
  expect(told, "what was told is not told again").toHaveLength(length);
});

test("a busy document keeps no other waiting", () => {
  const [busy, quiet] = [
    { name: "busy", version: 0 },
    { name: "quiet", version: 0 },
  ];
  commit(busy);
  commit(busy);
  commit(quiet);
  expect(told).toEqual(["busy 1", "quiet 1"]);
});

test("once closed it tells nothing more", () => {
  const document = { name: "room", version: 0 };
  commit(document);
  commit(document);
  versions.close();
  vi.advanceTimersByTime(10_000);
  expect(told).toEqual(["room 1"]);
});
