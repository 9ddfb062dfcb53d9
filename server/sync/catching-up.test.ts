import { expect, test } from "vitest";

import type { Live } from "#server/documents/live.ts";

import { createCatchingUp } from "./catching-up.ts";

const live = (name: string): Live => ({ name }) as Live;

/** Reads that take until they are let go. */
function slowReads() {
  const begun: string[] = [];
  const open: PromiseWithResolvers<void>[] = [];
  return {
    begun,
    read({ name }: Live): Promise<void> {
      begun.push(name);
      open.push(Promise.withResolvers());
      return open.at(-1)?.promise as Promise<void>;
    },
    /** Ends the read that began first. */
    async end(problem?: Error): Promise<void> {
      const read = open.shift();
      if (problem === undefined) read?.resolve();
      else read?.reject(problem);
      await new Promise((turn) => setImmediate(turn));
    },
  };
}

test("however often it rings for a document, it is read once more, after the last bell", async () => {
  const { begun, read, end } = slowReads();
  const bring = createCatchingUp(read);
  const room = live("room");

  const bells = Array.from({ length: 10_000 }, () => bring(room));
  for (let reads = 0; reads < 3; reads += 1) await end();
  await Promise.all(bells);

  expect(begun).toEqual(["room", "room", "room"]);
});

test("documents are read in turn, two at once", async () => {
  const { begun, read, end } = slowReads();
  const bring = createCatchingUp(read);
  const all = ["a", "b", "c", "d"].map((name) => bring(live(name)));

  expect(begun).toEqual(["a", "b"]);
  await end();
  expect(begun).toEqual(["a", "b", "c"]);
  for (let reads = 0; reads < 3; reads += 1) await end();
  await Promise.all(all);
  expect(begun).toEqual(["a", "b", "c", "d"]);
});

test("a document that cannot be read is told to those who asked for it, and to nobody else", async () => {
  const { read, end } = slowReads();
  const bring = createCatchingUp(read);
  const outcomes = Promise.allSettled([bring(live("bad")), bring(live("good"))]);
  await end(new Error("it has a gap"));
  await end();
  expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);

  const again = bring(live("bad"));
  await end();
  await expect(again).resolves.toBeUndefined();
});
