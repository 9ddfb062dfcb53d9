import { setTimeout } from "node:timers/promises";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { MemberId } from "#shared/ids.ts";
import { saying } from "#tests/attack/support/world.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { channel, community, person, say } from "#tests/support/people.ts";
import { channelDocument, testNode } from "#tests/support/scribe.ts";

/** In ms; long, so that a busy machine changes nothing. */
const RHYTHM = 600;

let database: TestDatabase;
let alice: MemberId;
let name: string;

beforeAll(async () => {
  database = await testDatabase();
  alice = await person(database.db, "alice");
  name = channelDocument(await channel(database.db, await community(database.db, { [alice]: "member" })));
});
afterAll(() => database.close());

/** A node that notes what each of its batches held and when it was done. */
async function listened() {
  const batches: { readonly size: number; readonly at: number }[] = [];
  const node = testNode(database.db, Date.now, {
    rhythm: RHYTHM,
    committed: ({ length: size }) => batches.push({ size, at: performance.now() }),
  });
  const live = await node.open(name);
  const says = (body: string) => node.take(live, alice, saying(alice, [say(body)]));
  return { batches, says };
}

test("nobody waits after a quiet moment", async () => {
  const { batches, says } = await listened();
  const began = performance.now();
  await says("first");
  await setTimeout(RHYTHM);
  const quiet = performance.now();
  await says("after a while");
  expect(Math.max((batches[0]?.at ?? 0) - began, (batches[1]?.at ?? 0) - quiet)).toBeLessThan(RHYTHM);
});

test("under load batches are apart, and take all that has come meanwhile", async () => {
  const { batches, says } = await listened();
  const began = performance.now();
  const first = says("first");
  const others: Promise<unknown>[] = [];
  while (performance.now() - began < RHYTHM + RHYTHM / 2) {
    others.push(says(`another ${others.length}`));
    await setTimeout(20);
  }
  await Promise.all([first, ...others]);

  expect(batches.map(({ size }) => size).reduce((sum, size) => sum + size)).toBe(1 + others.length);
  expect(batches.length).toBeLessThanOrEqual(3);
  // A batch may be done late, but none may begin early.
  batches.forEach(({ at }, index) => expect(at - began).toBeGreaterThanOrEqual(index * RHYTHM - 1));
  expect(Math.max(...batches.slice(1).map(({ size }) => size))).toBeGreaterThan(5);
});
