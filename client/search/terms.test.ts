import { expect, test } from "vitest";

import { isMisdated, termsOf, withoutTerm, withTerm } from "./terms.ts";

test("filters are found between words, quoted or not", () => {
  expect(termsOf('sudo from:bob in:"the lab" path before:2010')).toEqual([
    { filter: "from", value: "bob" },
    { filter: "in", value: "the lab" },
    { filter: "before", value: "2010" },
  ]);
});

test("what only looks like a filter is a word", () => {
  expect(termsOf("http://from:x wherein:y")).toEqual([]);
});

test("what is no date is no filter, is noticed, and gives way to one", () => {
  expect(termsOf("sudo before:yesterday after:2010-13 from:bob")).toEqual([{ filter: "from", value: "bob" }]);
  expect(isMisdated("sudo before:yesterday")).toBe(true);
  expect(isMisdated("sudo before:2010-05 from:yesterday")).toBe(false);
  expect(withTerm("sudo before:yesterday", { filter: "before", value: "2010" })).toBe("sudo before:2010");
});

test("a name with spaces is written in quotation marks and found again", () => {
  const query = withTerm("sudo", { filter: "from", value: "Alice B" });
  expect(query).toBe('sudo from:"Alice B"');
  expect(termsOf(query)).toEqual([{ filter: "from", value: "Alice B" }]);
});

test("a second date replaces the first, a second person stands beside the first", () => {
  expect(withTerm("sudo before:2010", { filter: "before", value: "2011" })).toBe("sudo before:2011");
  expect(withTerm("from:alice", { filter: "from", value: "bob" })).toBe("from:alice from:bob");
});

test("taking a filter away leaves the words", () => {
  expect(withoutTerm("sudo in:support path", { filter: "in", value: "support" })).toBe("sudo path");
});
