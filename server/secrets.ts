import { randomBytes, randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { explain } from "./database/cannot-start.ts";

/** What is made once for an installation, and must be the same on all of its machines. */
export interface Secrets {
  /** Keys the hash by which a repeated entry is known, so that the hash tells nothing of an erased text. */
  readonly digestKey: Uint8Array;
  readonly installationId: string;
  /** Keys the chain of the audit trail: whoever can only write to the database cannot make its hashes. */
  readonly auditKey: Uint8Array;
  /** Where the end of that chain is kept. */
  readonly auditHead: string;
}

/** Reads the secrets of an installation, making those that are missing. */
export function readSecrets(dataDirectory: string): Secrets {
  const folder = join(dataDirectory, "secrets");
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return {
      digestKey: readKey(join(folder, "digest.key")),
      installationId: readOrMake(join(folder, "installation.id"), randomUUID),
      auditKey: readKey(join(folder, "audit.key")),
      auditHead: join(folder, "audit.head"),
    };
  } catch (error) {
    throw explain(error, folder);
  }
}

const readKey = (path: string): Uint8Array =>
  Buffer.from(
    readOrMake(path, () => randomBytes(32).toString("base64")),
    "base64",
  );

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
