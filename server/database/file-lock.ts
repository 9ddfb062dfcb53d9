import { DatabaseSync } from "node:sqlite";

export interface FileLock {
  release(): void;
}

const SQLITE_BUSY = 5;

/**
 * Takes a file for this process, or answers nothing where another process has it. The lock is the kernel's, taken by
 * SQLite (which is used for nothing else): it ends with its process, however that dies.
 */
export function takeLock(file: string): FileLock | undefined {
  const lock = new DatabaseSync(file);
  try {
    lock.exec("begin exclusive");
    return { release: () => lock.close() };
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined;
    throw error;
  }
}
