import type { JobsView } from "#server/http/dependencies.ts";
import { createJobs, type Jobs } from "#server/jobs/jobs.ts";
import { openQueue, openWorker } from "#server/jobs/queue.ts";

/** The real queue, opened when somebody first asks it: most tests never do. */
export interface LazyJobs extends JobsView {
  /** Puts a job into it that fails for good, and answers its id. */
  fail(document: string): Promise<string>;
  close(): Promise<void>;
}

export function lazyJobs(databaseUrl: string, failed: (error: unknown) => void): LazyJobs {
  const place = { databaseUrl, redisUrl: undefined };
  let opened: Promise<Jobs> | undefined;
  const jobs = (): Promise<Jobs> => (opened ??= createJobs(place, failed));

  return {
    state: async () => (await jobs()).state(),
    hasFailed: async (id) => (await jobs()).hasFailed(id),
    retry: async (id) => (await jobs()).retry(id),
    async fail(document) {
      await jobs();
      const queue = openQueue(place);
      const worker = openWorker(place, () => Promise.reject(new Error(`${document} is cursed`)));
      const lost = new Promise<void>((resolve) => void worker.on("failed", () => resolve()));
      const { id = "" } = await queue.add("project", { document }, { attempts: 1 });
      await lost;
      await worker.close();
      await queue.close();
      return id;
    },
    async close() {
      await (await opened)?.close();
    },
  };
}
