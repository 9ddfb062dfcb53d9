import { expect, test } from "vitest";

import { isEmptyQuery, parseQuery } from "./query.ts";

/** A phrase as one would type it, with the distances that are not 1. */
const shown = (text: string) =>
  parseQuery(text).phrases.map(({ words, prefix }) => words.map(({ term }) => term).join(" ") + (prefix ? "*" : ""));

test.for<[string, readonly string[]]>([
  ["sound card", ["sound", "card"]],
  ['"sound card" alsa', ["sound card", "alsa"]],
  ["apt-get", ["apt get"]],
  ["inst*", ["inst*"]],
  ['"no such dev*"', ["no such dev*"]],
  ['"never closed', ["never closed"]],
  ["日本語", ["日本 本語"]],
  ["語", ["語*"]],
  ["* ! ?", []],
  ["http://ubuntu.com", ["http ubuntu com"]],
  ["before:christmas", ["before christmas"]],
  ["from:", ["from"]],
])("%s looks for %j", ([text, expected]) => {
  expect(shown(text)).toEqual(expected);
});

test("filters are told from words", () => {
  const query = parseQuery('kernel from:alice FROM:"Bob the Builder" in:#ubuntu after:2009 before:2010-05');

  expect(query).toMatchObject({
    from: ["alice", "Bob the Builder"],
    in: ["ubuntu"],
    since: Date.UTC(2009, 0, 1),
    until: Date.UTC(2010, 4, 1),
  });
  expect(query.phrases).toHaveLength(1);
});

test("a day that no calendar has is a word", () => {
  expect(parseQuery("after:2010-02-30")).toMatchObject({ since: undefined });
});

test("in a phrase that leaves out a character, the distance stays", () => {
  const [phrase] = parseQuery('"日本 ok"').phrases;

  expect(phrase?.words.map(({ distance }) => distance)).toEqual([0, 2]);
});

test("nothing to look for is known as such", () => {
  expect(isEmptyQuery(parseQuery("  ..  "))).toBe(true);
  expect(isEmptyQuery(parseQuery("from:alice"))).toBe(false);
});
