import { randomInt } from "node:crypto";

import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import { startWork } from "#server/jobs/work.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { testNode } from "#tests/support/scribe.ts";

import { Acting } from "./acts.ts";
import { comeBack, commandsWith } from "./commands.ts";
import { agree } from "./compare.ts";
import { Model } from "./model.ts";
import { openVillage, type Village } from "./support/village.ts";

let database: TestDatabase;
let work: Awaited<ReturnType<typeof startWork>>;
const failures: unknown[] = [];

beforeAll(async () => {
  database = await testDatabase();
  const { submit } = testNode(database.db).committer;
  const place = { databaseUrl: database.url, redisUrl: undefined };
  work = await startWork(place, { db: database.db, submit, failed: (error) => failures.push(error) });
});
afterAll(async () => {
  await work.close();
  expect(failures).toEqual([]);
  // What a queue says of a database that is dropped under it is nobody's failure.
  await database.close();
});

async function settle(model: Model, village: Village): Promise<void> {
  for (const [on, { isOnline }] of model.devices.entries()) if (!isOnline) await comeBack(model, village, on);
  await agree(model, village, database.db);
}

/** So that there is something to talk about. */
const hello = (on: number): Acting => new Acting({ on, kind: "message", pick: 0, cut: undefined });

const setting = (name: "SEED" | "PATH" | "RUNS" | "SHRINK"): string | undefined => process.env[`MODEL_${name}`];
const chosen = setting("SEED");

/**
 * Mostly the same lives each time, and some that nobody has seen, unless `MODEL_SEED` and `MODEL_RUNS` name others. To see
 * one failure again: the seed, path and replayPath that it has printed. `MODEL_SHRINK=1` looks for the smallest.
 */
const lives =
  chosen === undefined
    ? [
        { seed: 1_128, numRuns: 8 },
        { seed: randomInt(2 ** 31), numRuns: 2 },
      ]
    : [{ seed: Number(chosen), numRuns: Number(setting("RUNS") ?? 12) }];
const path = setting("PATH");

test.for(lives)(
  "whatever people do, lose, take back and are forbidden, and whatever Mallory tries: all is as the model says (seed $seed)",
  { timeout: 36_000_000 },
  async (life) => {
    await fc.assert(
      fc.asyncProperty(fc.noBias(commandsWith(settle)), async (commands) => {
        await using village = await openVillage(database);
        const model = new Model();
        for (const on of model.devices.keys()) await hello(on).run(model, village);
        await settle(model, village);
        await fc.asyncModelRun(() => ({ model, real: village }), commands);
        await settle(model, village);
      }),
      { ...life, endOnFailure: setting("SHRINK") === undefined, ...(path !== undefined && { path }) },
    );
  },
);
