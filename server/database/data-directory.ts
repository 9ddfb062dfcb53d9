import { accessSync, constants, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { CannotStart, explain } from "./cannot-start.ts";

/** Below this PostgreSQL can neither be set up nor keep its log. */
const LEAST_FREE_BYTES = 128 * 1024 * 1024;

/** Held from before anything in the data directory is touched until after everything in it is closed. */
export interface DirectoryLock {
  /** Tells other processes how to reach the database that is served from here. */
  announce(url: string): void;
  release(): void;
}

/** Makes the directory where it is new, and says in a sentence why it cannot be used. */
export function prepareDataDirectory(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw explain(error, path);
  }
  const { bavail, bsize } = statfsSync(path);
  if (bavail * bsize < LEAST_FREE_BYTES)
    throw new CannotStart(`The disk of ${path} is full: at least 128 MB must be free.`);
}

/**
 * Takes the data directory for this process, or answers nothing where another process has it. The lock is the kernel's
 * (SQLite is used for nothing else), so that it ends with its process, however that dies.
 */
export function lockDataDirectory(path: string): DirectoryLock | undefined {
  const lock = takeLock(join(path, "lock"));
  if (lock === undefined) return undefined;
  const running = join(path, "running.json");
  rmSync(running, { force: true });
  return {
    announce: (url) => writeFileSync(running, JSON.stringify({ pid: process.pid, url }), { mode: 0o600 }),
    release() {
      rmSync(running, { force: true });
      lock.close();
    },
  };
}

/** Where the database of the process that holds the lock is, once it has said so. */
export function announcedDatabase(path: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(path, "running.json"), "utf8")) as { url: string }).url;
  } catch {
    return undefined;
  }
}

function takeLock(file: string): DatabaseSync | undefined {
  const lock = new DatabaseSync(file);
  try {
    lock.exec("begin exclusive");
    return lock;
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined;
    throw error;
  }
}

const SQLITE_BUSY = 5;
