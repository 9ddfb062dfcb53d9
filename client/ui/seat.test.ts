import { expect, test } from "vitest";

import { initials, seatHue } from "./seat.ts";

test.for([
  ["Alice", "Al"],
  ["HrdwrBoB", "Hb"],
  ["The_Ultimate_Fro", "Tu"],
  ["|trey|", "Tr"],
  ["BOB", "Bo"],
  ["bob2", "Bo"],
  ["中文互助", "中"],
  ["é", "É"],
  ["***", "?"],
  ["", "?"],
])("the seat of %s says %s", ([name, mark]) => {
  expect(initials(String(name))).toBe(mark);
});

test("a person keeps one of eight hues", () => {
  expect(seatHue("0198c2f1-0000-7000-8000-000000000001")).toBe(seatHue("0198c2f1-0000-7000-8000-000000000001"));
  expect(seatHue("x")).toMatch(/^var\(--seat-[1-8]\)$/);
});
