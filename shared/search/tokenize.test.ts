import { expect, test } from "vitest";

import { tokenize } from "./tokenize.ts";

const terms = (text: string) => tokenize(text).map(({ term }) => term);

test.for<[string, readonly string[]]>([
  ["Try sudo apt-get update!", ["try", "sudo", "apt", "get", "update"]],
  ["don't DON’T dont", ["dont", "dont", "dont"]],
  ["/etc/apt/sources.list", ["etc", "apt", "sources", "list"]],
  ["Ｆｕｌｌ width ﬁle", ["full", "width", "file"]],
  ["Straße ÉCOLE", ["straße", "école"]],
  ["日本語", ["日本", "本語", "語"]],
  ["foo日本bar", ["foo", "日本", "本", "bar"]],
  ["한국", ["한국", "국"]],
  [":-) ... <3", ["3"]],
  ["", []],
])("%s has the words %j", ([text, expected]) => {
  expect(terms(text)).toEqual(expected);
});

test("a composed and a decomposed letter are the same word", () => {
  expect(terms("cafe\u0301")).toEqual(terms("caf\u00e9"));
});

test("a token knows where it stands in the text", () => {
  const text = "see 日本語, apt!";

  expect(tokenize(text).map(({ start, end }) => text.slice(start, end))).toEqual(["see", "日本", "本語", "語", "apt"]);
  expect(tokenize(text).map(({ position }) => position)).toEqual([1, 2, 3, 4, 5]);
});

test("a word without an end does not become a term without an end", () => {
  expect(terms("x".repeat(8_000))).toEqual(["x".repeat(64)]);
});
