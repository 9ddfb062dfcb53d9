import type { Kysely } from "kysely";

import type { Database } from "#server/database/types.ts";
import { erase } from "#server/documents/erase.ts";
import type { Outcome, Task } from "#server/documents/task.ts";
import { sayWords } from "#server/cases/words.ts";
import { createVoice } from "#server/documents/voice.ts";
import { projectDocument } from "#server/projections/run.ts";

import { openWorker, prepareQueue, type JobName, type JobsPlace } from "./queue.ts";

export interface WorkDependencies {
  readonly db: Kysely<Database>;
  readonly submit: (task: Task) => Promise<Outcome>;
  readonly failed: (error: unknown) => void;
}

/** Every job there is. Each may be run again, or by two workers at once, and be killed at any moment. */
export const handlers: Readonly<Record<JobName, (deps: WorkDependencies, document: string) => Promise<void>>> = {
  async project({ db, submit }, document) {
    await projectDocument(db, document);
    await sayWords(db, createVoice(db, submit));
  },
  erase: async ({ db, submit }, document) => {
    if (!(await erase(db, submit, document))) throw new Error(`${document} could not be erased from`);
    // What the deletion says must reach the tables before anybody searches them again.
    await projectDocument(db, document);
  },
};

/**
 * Works on jobs until it is closed; then it ends the ones it has begun. Waits for no Redis: it comes back by itself, and
 * what it does not bring meanwhile is found by the sweep.
 */
export async function startWork(place: JobsPlace, deps: WorkDependencies): Promise<{ close(): Promise<void> }> {
  await prepareQueue(place);
  const worker = openWorker(place, ({ name, data }) => handlers[name](deps, data.document));
  worker.on("error", deps.failed);
  worker.on("failed", (_job, error) => deps.failed(error));
  let isReady = false;
  const ready = worker.waitUntilReady().then(() => void (isReady = true));
  if (place.redisUrl === undefined) await ready;
  // What is wrong with it is told as an error of the worker.
  else void ready.catch(() => undefined);
  // Where it was never reached it has begun nothing, and would wait for its connection to end.
  return { close: () => worker.close(!isReady) };
}
