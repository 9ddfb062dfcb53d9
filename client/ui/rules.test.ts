import { expect, test } from "vitest";

import { rulesOf } from "./rules.ts";

test("rules are the lines, without empty ones and without numbers of their own", () => {
  expect(
    rulesOf(
      "1. Say which release you run.\n\n2) Test on your own machine.\n- No jokes that destroy.\n2004 is not a number of a rule.",
    ),
  ).toEqual([
    "Say which release you run.",
    "Test on your own machine.",
    "No jokes that destroy.",
    "2004 is not a number of a rule.",
  ]);
});
