import { createPostgresBackend, Queue, runMigrations, Worker, type Job } from "bullmq";
import pg from "pg";

/** Where jobs are kept: in Redis where there is one, else in PostgreSQL, in a schema of their own. */
export interface JobsPlace {
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
}

/** What is to be done for one document. */
export type JobName = "project" | "erase";
export interface DocumentJob {
  readonly document: string;
}

export type DocumentQueue = Queue<DocumentJob, void, JobName>;
export type DocumentWorker = Worker<DocumentJob, void, JobName>;

const NAME = "documents";

/** Each queue and each worker opens its own few connections, and one more to listen with. */
const postgres = (databaseUrl: string) => ({ connectionString: databaseUrl, schema: "bullmq", max: 2 });

/** A worker waits for ever where a queue would give up. */
const redis = (url: string) => ({ url, maxRetriesPerRequest: null });

/** Makes the tables of the queue, where it is kept in tables. Several processes may call it at once. */
export async function prepareQueue({ databaseUrl, redisUrl }: JobsPlace): Promise<void> {
  if (redisUrl !== undefined) return;
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    await runMigrations(client, "bullmq");
  } finally {
    await client.end();
  }
}

export function openQueue({ databaseUrl, redisUrl }: JobsPlace): DocumentQueue {
  if (redisUrl !== undefined) return new Queue(NAME, { connection: redis(redisUrl) });
  return new Queue(NAME, { connection: postgres(databaseUrl) }, createPostgresBackend) as unknown as DocumentQueue;
}

/** For how long a job that failed can be looked at and tried again, in seconds. */
export const FAILED_FOR = 7 * 24 * 3_600;

/** More than 4 at once would meet in the queue's own tables. */
const CONCURRENCY = 3;
/** How soon the job of a worker that died is given to another one, in ms. */
const RECOVERY = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 3 };

export function openWorker(
  { databaseUrl, redisUrl }: JobsPlace,
  run: (job: Job<DocumentJob, void, JobName>) => Promise<void>,
): DocumentWorker {
  const options = { concurrency: CONCURRENCY, removeOnFail: { age: FAILED_FOR }, ...RECOVERY };
  if (redisUrl !== undefined) return new Worker(NAME, run, { ...options, connection: redis(redisUrl) });
  return new Worker(
    NAME,
    run,
    { ...options, connection: postgres(databaseUrl) },
    createPostgresBackend,
  ) as unknown as DocumentWorker;
}
