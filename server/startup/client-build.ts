import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { CannotStart, explain } from "#server/database/cannot-start.ts";
import { takeLock } from "#server/database/file-lock.ts";

const ROOT = join(import.meta.dirname, "../..");

/** Where the built client is. */
export const CLIENT_FOLDER = join(ROOT, "dist");

/** Everything that the client is made of. */
const SOURCES = ["client", "shared", "vite.config.ts", "package-lock.json"];

/** In the built client: the sources that it was made of. */
const STAMP = ".sources";

/** Builds the client where there is none, or where it is older than its sources. Tells whether there was anything to do. */
export async function buildClient(): Promise<"built" | "current"> {
  const sources = hashSources();
  if (isBuiltOf(sources)) return "current";
  const release = await waitForLock();
  try {
    // Another process, for whose lock we have waited, may just have built it.
    if (isBuiltOf(sources)) return "current";
    await replaceClient(sources);
    return "built";
  } catch (error) {
    throw explain(error, CLIENT_FOLDER);
  } finally {
    release();
  }
}

async function waitForLock(): Promise<() => void> {
  const folder = join(ROOT, "node_modules", ".cache");
  try {
    mkdirSync(folder, { recursive: true });
    for (;;) {
      const lock = takeLock(join(folder, "client-build.lock"));
      if (lock !== undefined) return lock.release;
      await pause(100);
    }
  } catch (error) {
    throw explain(error, folder);
  }
}

/** Made beside the old one, so that a half-made client is never served. */
async function replaceClient(sources: string): Promise<void> {
  const draft = `${CLIENT_FOLDER}.new`;
  const old = `${CLIENT_FOLDER}.old`;
  await runBuild(draft);
  writeFileSync(join(draft, STAMP), sources);
  rmSync(old, { recursive: true, force: true });
  if (existsSync(CLIENT_FOLDER)) renameSync(CLIENT_FOLDER, old);
  renameSync(draft, CLIENT_FOLDER);
  rmSync(old, { recursive: true, force: true });
}

/** In a process of its own, whose memory is given back when it is done. */
async function runBuild(folder: string): Promise<void> {
  const child = fork(join(import.meta.dirname, "build-client.ts"), [folder], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  child.stdout?.on("data", (text) => (output += text));
  child.stderr?.on("data", (text) => (output += text));
  const code = await new Promise((resolve) => child.once("exit", resolve));
  if (code !== 0) throw new CannotStart(`The client could not be built:\n${output.trim()}`);
}

function isBuiltOf(sources: string): boolean {
  try {
    return readFileSync(join(CLIENT_FOLDER, STAMP), "utf8") === sources;
  } catch {
    return false;
  }
}

function hashSources(): string {
  const hash = createHash("sha256");
  for (const path of SOURCES.flatMap((source) => filesIn(join(ROOT, source)))) {
    hash
      .update(`${relative(ROOT, path)}\0`)
      .update(readFileSync(path))
      .update("\0");
  }
  return hash.digest("hex");
}

/** Without the tests, which change nothing of what is built. */
function filesIn(path: string): readonly string[] {
  const entries = readdirSync(join(path, ".."), { withFileTypes: true });
  const isFolder = entries.some((entry) => join(entry.parentPath, entry.name) === path && entry.isDirectory());
  if (!isFolder) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
