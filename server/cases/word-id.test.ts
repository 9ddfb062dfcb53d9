import { expect, test } from "vitest";

import { rankedWordId, wordId } from "./word-id.ts";

test("the same reason has the same id, another reason another one", () => {
  expect(wordId(5, "a", "b")).toBe(wordId(5, "a", "b"));
  expect(wordId(5, "a", "b")).not.toBe(wordId(5, "a", "c"));
});

test("of what is said for one moment, whatever knew more comes later; and moments come first", () => {
  const ranks = Array.from({ length: 200 }, (_, index) => index + 1);
  const ids = ranks.map((rank) => rankedWordId(1_795_000_000_000, rank, "docket", String(rank)));
  expect(ids.toSorted()).toEqual(ids);
  const next = rankedWordId(1_795_000_000_001, 1, "docket");
  expect([next, ...ids].toSorted().at(-1)).toBe(next);
});
