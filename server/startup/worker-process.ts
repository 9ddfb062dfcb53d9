import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";

import type { Log } from "#server/observability/log.ts";

export interface WorkerProcess {
  /** Resolves when it is gone. */
  stop(): Promise<void>;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 30_000;
/** Having lived so long, a worker has shown that it can: the next pause is short again. */
const HEALTHY_MS = 60_000;
const STOP_WITHIN_MS = 2_500;

/**
 * Keeps a worker running beside this process, which it does not outlive. One that dies is started again, after a pause
 * that doubles while it keeps dying.
 */
export function superviseWorker(environment: Readonly<Record<string, string>>, log: Log): WorkerProcess {
  let pause = FIRST_PAUSE_MS;
  let timer: NodeJS.Timeout | undefined;
  let isStopping = false;
  let child = launch();

  function launch(): ChildProcess {
    const started = Date.now();
    // In a session of its own: Ctrl-C is for us, who then stop it in order.
    const options = { detached: true, env: { ...process.env, ...environment } };
    const worker = fork(join(import.meta.dirname, "../worker.ts"), options);
    worker.once("error", (error) => log.error({ error }, "the worker cannot be started"));
    worker.once("exit", (code, signal) => restart(Date.now() - started, signal ?? code));
    return worker;
  }

  function restart(lived: number, why: unknown): void {
    if (isStopping) return;
    if (lived > HEALTHY_MS) pause = FIRST_PAUSE_MS;
    log.error({ why, pause }, "the worker ended and is started again");
    timer = setTimeout(() => (child = launch()), pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }

  return {
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      await end(child);
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MS);
  await gone;
  clearTimeout(force);
}
