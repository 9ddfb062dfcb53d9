import { setTimeout as pause } from "node:timers/promises";

import type { Job } from "bullmq";

import { FAILED_FOR, openQueue, prepareQueue, type DocumentJob, type JobName, type JobsPlace } from "./queue.ts";

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
  /** How the queue does, with the newest jobs that failed for good. */
  state(): Promise<QueueState>;
  hasFailed(id: string): Promise<boolean>;
  /** Has a failed job tried again; false where there is no such. */
  retry(id: string): Promise<boolean>;
  close(): Promise<void>;
}

interface FailedJob {
  readonly id: string;
  readonly name: string;
  readonly document: string;
  readonly error: string;
  readonly attempts: number;
  /** In ms since 1970. */
  readonly at: number;
}

export interface QueueState {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
  readonly failures: FailedJob[];
}

const SHOWN = 50;

/** What an error says may be long; whoever reads it needs its beginning. */
const ERROR_LENGTH = 500;

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

  async function failedJob(id: string): Promise<Job<DocumentJob> | undefined> {
    const job = await queue.getJob(id);
    return (await job?.isFailed()) === true ? job : undefined;
  }

  return {
    enqueue(chores) {
      for (const name of ["project", "erase"] as const) {
        chores[name]?.forEach((document) => waiting.set(`${name} ${document}`, { name, document }));
      }
      if (waiting.size > 0) running ??= Promise.resolve().then(drain);
    },
    async state() {
      const [counts, failures] = await Promise.all([
        queue.getJobCounts("waiting", "active", "delayed", "failed"),
        queue.getFailed(0, SHOWN - 1),
      ]);
      const { waiting = 0, active = 0, delayed = 0, failed: lost = 0 } = counts;
      return { waiting, active, delayed, failed: lost, failures: failures.map(asFailed) };
    },
    hasFailed: async (id) => (await failedJob(id)) !== undefined,
    async retry(id) {
      const job = await failedJob(id);
      await job?.retry("failed");
      return job !== undefined;
    },
    async close() {
      await running;
      await queue.close();
    },
  };
}

const asFailed = ({
  id = "",
  name,
  data,
  failedReason,
  attemptsMade,
  finishedOn = 0,
}: Job<DocumentJob>): FailedJob => ({
  id,
  name,
  document: data.document,
  error: (failedReason ?? "").slice(0, ERROR_LENGTH),
  attempts: attemptsMade,
  at: finishedOn,
});

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
  removeOnFail: { age: FAILED_FOR },
};
