import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { CannotStart } from "./cannot-start.ts";

const PATIENCE_MS = 30_000;

/**
 * Ends a PostgreSQL that outlived the process which started it, and removes the file that names it. A number in that
 * file may meanwhile belong to somebody else's process, which is left alone; PostgreSQL itself could not tell. Where
 * only the first of its processes was killed, the others go by themselves, and no new one may start before that.
 */
export async function clearLeftover(data: string): Promise<void> {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return;
  const deadline = Date.now() + PATIENCE_MS;
  for (let pids = leftIn(file, data); pids.length > 0; pids = leftIn(file, data)) {
    if (Date.now() > deadline)
      throw new CannotStart(`A PostgreSQL left over from an earlier run (process ${pids[0]}) does not stop.`);
    pids.forEach(end);
    await pause(20);
  }
  rmSync(file, { force: true });
}

/** Immediately, as if the machine had lost its power: recovery is certain, waiting for an orphan's clients is not. */
function end(pid: number): void {
  try {
    process.kill(pid, "SIGQUIT");
  } catch {
    // It was gone before it could be told.
  }
}

/** The processes that still serve from this directory: on Linux all of them, elsewhere the one that the file names. */
function leftIn(file: string, data: string): readonly number[] {
  const named = Number.parseInt(readFileSync(file, "utf8"), 10);
  const running = process.platform === "linux" ? readdirSync("/proc").map(Number).filter(Number.isInteger) : [named];
  return running.filter((pid) => servesFrom(pid, data));
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
