import fc from "fast-check";
import { expect, test } from "vitest";

import { createErased } from "./erased.ts";

const letter = (clock: number) => ({ client: 7, clock, length: 1 });

test("letters that are taken out one by one, in whatever order, are kept as one span", () => {
  const erased = createErased();
  for (let index = 0; index < 3_000; index += 1) erased.add(letter((index * 7) % 3_000));
  expect(erased.spans()).toBe(1);
  expect(erased.covers({ client: 7, clock: 0, length: 3_000 })).toBe(true);
  expect(erased.covers({ client: 7, clock: 0, length: 3_001 })).toBe(false);
});

test("a range is covered when each of its positions was taken out", () => {
  const range = fc.record({ client: fc.nat(1), clock: fc.nat(40), length: fc.integer({ min: 1, max: 9 }) });
  fc.assert(
    fc.property(fc.array(range, { maxLength: 12 }), range, (ranges, asked) => {
      const erased = createErased();
      const plain = new Set<string>();
      for (const { client, clock, length } of ranges) {
        erased.add({ client, clock, length });
        for (let at = clock; at < clock + length; at += 1) plain.add(`${client} ${at}`);
      }
      const positions = Array.from({ length: asked.length }, (_, index) => `${asked.client} ${asked.clock + index}`);
      expect(erased.covers(asked)).toBe(positions.every((position) => plain.has(position)));
    }),
  );
});
