import { expect, test } from "vitest";

import type { MemberId } from "#shared/ids.ts";
import { readUpdate } from "#server/gate/read-update.ts";

import type { Step } from "./arena.ts";
import { any, forge } from "./forge.ts";
import { smallest } from "./shrink.ts";

const sender = "0190c2a0-0000-7000-8000-000000000001" as MemberId;
const frame = (...values: readonly unknown[]): Step => ({
  sender,
  step2: false,
  bytes: forge(
    [
      {
        client: 7,
        clock: 0,
        structs: [any(values, { root: "x" }), any(["more"], { origin: { client: 7, clock: 9 } })],
      },
      { client: 5, clock: 0, structs: [any([{ id: 1, body: "long ".repeat(50) }], { root: "x" })] },
    ],
    [{ client: 3, ranges: [[1, 2]] }],
  ),
});

const valuesIn = (steps: readonly Step[]): unknown[] =>
  steps.flatMap((step) => {
    const read = step === "commit" ? undefined : readUpdate(step.bytes);
    return read?.ok === true ? read.value.items.flatMap(({ values = [] }) => values) : [];
  });

test("of a long story nothing is left but the two words that it takes", () => {
  const story = [
    ...Array.from({ length: 40 }, (_, index) => frame(index, "idle")),
    frame("idle", "match", "idle"),
    "commit" as const,
    ...Array.from({ length: 40 }, (_, index) => frame(index)),
    frame("powder", "idle"),
    frame("idle"),
  ];
  const burns = (steps: readonly Step[]): boolean => {
    const said = valuesIn(steps);
    return said.includes("match") && said.indexOf("powder") > said.indexOf("match");
  };
  const left = smallest(story, burns);
  expect(left).toHaveLength(2);
  expect(valuesIn(left)).toEqual([null, "match", "powder"]);
});
