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

/**
 * The same lives each time, unless `MODEL_SEED` names others. To see one failure again: the seed, path and replayPath that
 * it has printed. `MODEL_SHRINK=1` looks for the smallest.
 */
const setting = (name: "SEED" | "PATH" | "RUNS" | "SHRINK"): string | undefined => process.env[`MODEL_${name}`];
const parameters = {
  numRuns: Number(setting("RUNS") ?? 12),
  endOnFailure: setting("SHRINK") === undefined,
  seed: Number(setting("SEED") ?? 1_128),
  ...(setting("PATH") !== undefined && { path: setting("PATH") as string }),
};

test("whatever people do, lose, take back and are forbidden, and whatever Mallory tries: all is as the model says", async () => {
  await fc.assert(
    fc.asyncProperty(fc.noBias(commandsWith(settle)), async (commands) => {
      await using village = await openVillage(database);
      const model = new Model();
      for (const on of model.devices.keys()) await hello(on).run(model, village);
      await settle(model, village);
      await fc.asyncModelRun(() => ({ model, real: village }), commands);
      await settle(model, village);
    }),
    parameters,
  );
}, 36_000_000);
