import { readFileSync, renameSync, writeFileSync } from "node:fs";

import * as z from "zod/mini";

/** How far the chain had come, kept beside the database: whoever shortens it there does not reach this. */
export interface Head {
  readonly position: number;
  /** In hexadecimal digits. */
  readonly hash: string;
}

export interface HeadKeeper {
  /** Undefined where nothing was ever recorded, an error where that cannot be read. */
  read(): Head | Error | undefined;
  write(head: Head): void;
}

const schema = z.object({ position: z.int(), hash: z.string() });

export const headFile = (path: string): HeadKeeper => ({
  read() {
    try {
      return schema.parse(JSON.parse(readFileSync(path, "utf8")));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      return new Error(`The recorded end of the audit trail cannot be read in ${path}.`, { cause: error });
    }
  },
  // Appears whole or not at all.
  write(head) {
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, `${JSON.stringify(head)}\n`, { mode: 0o600, flush: true });
    renameSync(draft, path);
  },
});
