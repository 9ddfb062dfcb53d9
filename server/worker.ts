import { setTimeout as pause } from "node:timers/promises";

import { chainActs } from "#server/audit/chain.ts";
import { headFile } from "#server/audit/head.ts";
import { purgeDue } from "#server/communities/purge.ts";
import { AnotherHistory } from "#server/documents/history.ts";
import { tellOfProcess } from "#server/installation/processes.ts";
import { sweep } from "#server/jobs/sweep.ts";
import { startWork } from "#server/jobs/work.ts";
import { createLog } from "#server/observability/log.ts";

import { readConfig } from "./config.ts";
import { readSecrets } from "./secrets.ts";
import { openWorkplace } from "./workplace.ts";

/** In ms. */
const SWEEP_EVERY = 3_000;
/** Whoever waits for us to stop does not wait longer. */
const STOP_WITHIN = 4_000;

const config = readConfig(process.env);
if (!config.ok) {
  process.stderr.write(`${config.problem}\n`);
  process.exit(1);
}

const log = createLog(config.value.LOG_LEVEL, "worker");
const stopping = new AbortController();
const stop = (): void => stopping.abort();
const failed = (error: unknown): void => {
  log.error({ err: error }, "failed");
  // Whoever started us starts another one, which knows nothing of the old.
  if (error instanceof AnotherHistory) stop();
};

// The channel to the parent closes when it is gone, however it died: nothing may be left behind.
process.on("disconnect", stop).on("SIGTERM", stop).on("SIGINT", stop);
stopping.signal.addEventListener("abort", () => setTimeout(() => process.exit(1), STOP_WITHIN).unref());

const workplace = await openWorkplace(config.value, { failed });
const place = { databaseUrl: workplace.installation.url, redisUrl: config.value.REDIS_URL };
const tools = { db: workplace.db, submit: workplace.committer.submit, failed };
const { auditKey, auditHead } = readSecrets(config.value.DATA_DIR);
const told = tellOfProcess(workplace.db, "worker", failed);
const chain = { db: workplace.db, key: auditKey, head: headFile(auditHead) };
const work = await startWork(place, tools);
log.info("working");

/** Does it again and again until we stop. */
async function keepAt(act: () => Promise<void>): Promise<void> {
  while (!stopping.signal.aborted) {
    await act().catch(failed);
    await pause(SWEEP_EVERY, undefined, { signal: stopping.signal }).catch(() => undefined);
  }
}

// A large community takes its time to be deleted, and nothing else waits for that.
const purging = keepAt(() => purgeDue({ ...workplace, failed, stop: stopping.signal }));
await keepAt(async () => {
  await sweep(tools).catch(failed);
  await workplace.authority.sweep().catch(failed);
  await chainActs(chain);
});
await purging;

await work.close();
await told.close();
await workplace[Symbol.asyncDispose]();
process.exit(0);
