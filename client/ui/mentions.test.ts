import { expect, test } from "vitest";

import type { MemberId } from "#shared/ids.ts";

import { cutAtMentions, fitting, mentionAt, mentionedIn } from "./mentions.ts";

const person = (name: string) => ({ id: name.toLowerCase() as MemberId, name });
const [bob, bobby, alice] = [person("Bob"), person("Bobby"), person("Alice Müller")];

test("what is typed after an @ is looked for, up to the caret", () => {
  expect(mentionAt("hello @al", 9)).toEqual({ from: 6, query: "al" });
  expect(mentionAt("@", 1)).toEqual({ from: 0, query: "" });
  expect(mentionAt("mail bob@example.org", 20)).toBeUndefined();
  expect(mentionAt("no mention", 5)).toBeUndefined();
});

test("a mention counts for as long as it stands in the text", () => {
  expect(mentionedIn("ask @Bob", [bob, alice])).toEqual([bob.id]);
  expect(mentionedIn("ask nobody", [bob])).toEqual([]);
});

test("names that begin with the letters come first", () => {
  expect(fitting([alice, bob, person("Jacob")], "b").map(({ name }) => name)).toEqual(["Bob", "Jacob"]);
});

test("the longer of two names is marked", () => {
  expect(cutAtMentions("@Bobby and @Bob, @Alice Müller", [bob, bobby, alice])).toEqual([
    bobby,
    " and ",
    bob,
    ", ",
    alice,
  ]);
});
