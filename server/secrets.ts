import { randomBytes, randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { explain } from "./database/cannot-start.ts";

/** What is made once for an installation, and must be the same on all of its machines. */
export interface Secrets {
  /** Keys the hash by which a repeated entry is known, so that the hash tells nothing of an erased text. */
  readonly digestKey: Uint8Array;
  readonly installationId: string;
}

/** Reads the secrets of an installation, making those that are missing. */
export function readSecrets(dataDirectory: string): Secrets {
  const folder = join(dataDirectory, "secrets");
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return {
      digestKey: Buffer.from(
        readOrMake(join(folder, "digest.key"), () => randomBytes(32).toString("base64")),
        "base64",
      ),
      installationId: readOrMake(join(folder, "installation.id"), randomUUID),
    };
  } catch (error) {
    throw explain(error, folder);
  }
}

function readOrMake(path: string, make: () => string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  keep(path, make());
  return readFileSync(path, "utf8").trim();
}

/** Appears whole or not at all, and never replaces what another process has made meanwhile. */
function keep(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${text}\n`, { mode: 0o600, flag: "w", flush: true });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
}
