import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { CannotStart } from "./cannot-start.ts";

const PATIENCE_MS = 30_000;

/**
 * Ends a PostgreSQL that outlived the process which started it, and removes the file that names it. A number in that
 * file may meanwhile belong to somebody else's process, which is left alone; PostgreSQL itself could not tell.
 */
export async function clearLeftover(data: string): Promise<void> {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number.parseInt(readFileSync(file, "utf8"), 10);
  if (servesFrom(pid, data)) await end(pid, data);
  rmSync(file, { force: true });
}

async function end(pid: number, data: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  // Immediately, as if the machine had lost its power: recovery is certain, waiting for an orphan's clients is not.
  process.kill(pid, "SIGQUIT");
  while (servesFrom(pid, data)) {
    if (Date.now() > deadline)
      throw new CannotStart(`A PostgreSQL left over from an earlier run (process ${pid}) does not stop.`);
    await pause(20);
  }
}

/** A running PostgreSQL works in its data directory, or at least names it. */
function servesFrom(pid: number, data: string): boolean {
  try {
    if (process.platform === "linux") return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
    return execFileSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" }).includes(data);
  } catch {
    return false;
  }
}
