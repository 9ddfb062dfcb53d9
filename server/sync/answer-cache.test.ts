import { expect, test } from "vitest";

import { createAnswerCache } from "./answer-cache.ts";

test("the same question is answered with the same bytes", () => {
  const cache = createAnswerCache();
  const first = cache.answer(Uint8Array.of(0), () => Uint8Array.of(7));
  expect(cache.answer(Uint8Array.of(0), () => Uint8Array.of(8))).toBe(first);
  expect(cache.answer(Uint8Array.of(1), () => Uint8Array.of(8))).toEqual(Uint8Array.of(8));
});

test("however it is asked, it keeps no more than a document weighs", () => {
  const cache = createAnswerCache();
  for (let asked = 0; asked < 1_000; asked += 1) cache.answer(Uint8Array.of(asked), () => new Uint8Array(300_000));
  expect(cache.bytes).toBeLessThan(1024 * 1024);
  const small = createAnswerCache();
  for (let asked = 0; asked < 1_000; asked += 1) small.answer(new Uint8Array(asked), () => new Uint8Array(1));
  expect(small.bytes).toBeLessThan(1_000);
});
