import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

import { CannotStart, explain } from "./cannot-start.ts";
import { takeLock } from "./file-lock.ts";

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
    makeFolder(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw explain(error, path);
  }
  const { bavail, bsize } = statfsSync(path);
  if (bavail * bsize < LEAST_FREE_BYTES)
    throw new CannotStart(`The disk of ${path} is full: at least 128 MB must be free.`);
}

/** Folder by folder: where none can be made, such as below /proc, Node's own `recursive` never comes back. */
function makeFolder(path: string): void {
  if (isFolder(path)) return;
  if (!existsSync(dirname(path))) makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (isFolder(path)) return; // another process was faster
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new CannotStart(`Cannot write to ${path}: no folder can be made there.`, { cause: error });
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/**
 * Takes the data directory for this process, or answers nothing where another process has it.
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
      lock.release();
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
