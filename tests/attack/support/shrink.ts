import { readUpdate, UNBOUNDED } from "#server/gate/read-update.ts";
import type { Item, Update } from "#server/gate/update.ts";
import { writeUpdate } from "#server/gate/write-update.ts";

import type { Step } from "./arena.ts";

type Frame = Exclude<Step, "commit">;
type Fails = (steps: readonly Step[]) => boolean;

/** Leaves out whatever a failure does not need: frames first, then what is in them, until nothing more can go. */
export function smallest(steps: readonly Step[], fails: Fails): readonly Step[] {
  let left = steps;
  for (let before = Infinity; weightOf(left) < before;) {
    before = weightOf(left);
    left = withSmallerFrames(withFewerFrames(left, fails), fails);
  }
  return left;
}

const weightOf = (steps: readonly Step[]): number =>
  steps.reduce((sum, step) => sum + 1 + (step === "commit" ? 0 : step.bytes.length), 0);

function withFewerFrames(steps: readonly Step[], fails: Fails): readonly Step[] {
  let left = steps;
  for (let size = Math.ceil(left.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < left.length;) {
      const fewer = left.toSpliced(from, size);
      if (fails(fewer)) left = fewer;
      else from += size;
    }
  }
  return left;
}

function withSmallerFrames(steps: readonly Step[], fails: Fails): readonly Step[] {
  let left = steps;
  for (let at = 0; at < left.length;) {
    const smaller = smallerThan(left[at] as Step)
      .map((step) => left.with(at, step))
      .find((candidate) => weightOf(candidate) < weightOf(left) && fails(candidate));
    if (smaller === undefined) at += 1;
    else left = smaller;
  }
  return left;
}

/** Frames that say a little less. One that cannot be read is only cut. */
function smallerThan(step: Step): readonly Frame[] {
  if (step === "commit") return [];
  const read = readUpdate(step.bytes, UNBOUNDED);
  const lesser = read.ok
    ? lesserThan(read.value).map(writeUpdate)
    : [step.bytes.subarray(0, step.bytes.length >> 1), step.bytes.subarray(0, -1)];
  return lesser.map((bytes) => ({ ...step, bytes }));
}

function lesserThan({ items, deletes }: Update): readonly Update[] {
  return [
    ...items.map((_, index) => ({ items: items.toSpliced(index, 1), deletes })),
    ...deletes.map((_, index) => ({ items, deletes: deletes.toSpliced(index, 1) })),
    ...items.flatMap((item, index) => lesserItems(item).map((less) => ({ items: items.with(index, less), deletes }))),
  ];
}

/** Without its last value, or with a plainer one in the place of one. */
function lesserItems(item: Item): readonly Item[] {
  const values = item.values ?? [];
  const plainer = values.flatMap((value, index) => {
    const { id, at } = (typeof value === "object" && value !== null ? value : {}) as { id?: unknown; at?: unknown };
    return [null, { id, at, kind: "message", body: "x" }].map((plain) => ({
      ...item,
      values: values.with(index, plain),
    }));
  });
  const fewer = values.length > 1 ? [{ ...item, length: item.length - 1, values: values.slice(0, -1) }] : [];
  return [...fewer, ...plainer];
}

/** A step as it can be read, and its bytes, by which it can be repeated. */
export function shown(step: Step): string {
  if (step === "commit") return step;
  const read = readUpdate(step.bytes, UNBOUNDED);
  const words = read.ok ? JSON.stringify(read.value) : read.problem.why;
  const hex = Buffer.from(step.bytes).toString("hex");
  return `${step.sender.slice(-1)} ${step.step2 ? "step 2" : "update"} ${words} ${hex}`;
}
