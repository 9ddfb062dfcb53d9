import { setTimeout as pause } from "node:timers/promises";

import { openQueue, prepareQueue, type JobName, type JobsPlace } from "./queue.ts";

/** What one commit leaves to be done, by document. */
export interface Chores {
  readonly project?: readonly string[];
  /** What was erased there must leave the journal and the snapshot. */
  readonly erase?: readonly string[];
}

/** Hands work on documents to whichever worker is free. A job that is lost is found again by the sweeper. */
export interface Jobs {
  /** Does not wait: a commit must not fail, or be slow, because of what comes after it. */
  enqueue(chores: Chores): void;
  close(): Promise<void>;
}

/**
 * One job for a document waits at most, beside the one that runs: whoever runs it reads to the end of the journal, and
 * what comes in while it does so starts it once more.
 */
export async function createJobs(place: JobsPlace, failed: (error: unknown) => void): Promise<Jobs> {
  await prepareQueue(place);
  const queue = openQueue(place);
  queue.on("error", failed);
  const waiting = new Map<string, Chore>();
  let running: Promise<void> | undefined;

  /** Together, since each transaction that adds jobs keeps commits waiting; in one order, so that two servers never cross. */
  async function drain(): Promise<void> {
    while (waiting.size > 0) {
      const keys = [...waiting.keys()].toSorted();
      const jobs = keys.map((key) => jobOf(key, waiting.get(key) as Chore));
      waiting.clear();
      await queue.addBulk(jobs).catch(failed);
      await pause(PAUSE);
    }
    running = undefined;
  }

  const jobOf = (id: string, { name, document }: Chore) => ({
    name,
    data: { document },
    opts: { ...OPTIONS, deduplication: { id, keepLastIfActive: true } },
  });

  return {
    enqueue(chores) {
      for (const name of ["project", "erase"] as const) {
        chores[name]?.forEach((document) => waiting.set(`${name} ${document}`, { name, document }));
      }
      if (waiting.size > 0) running ??= Promise.resolve().then(drain);
    },
    async close() {
      await running;
      await queue.close();
    },
  };
}

interface Chore {
  readonly name: JobName;
  readonly document: string;
}

/** What comes in meanwhile is added together, in ms. */
const PAUSE = 100;

const OPTIONS = {
  attempts: 3,
  backoff: { type: "exponential", delay: 200 },
  removeOnComplete: true,
  removeOnFail: { age: 3_600 },
};
