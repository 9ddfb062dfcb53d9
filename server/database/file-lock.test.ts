import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { takeLock } from "./file-lock.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "folkmoot-lock-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const HOLD = `
  import { takeLock } from ${JSON.stringify(join(import.meta.dirname, "file-lock.ts"))};
  console.log(takeLock(process.argv[1]) === undefined ? "busy" : "taken");
  setInterval(() => {}, 1_000_000);
`;

test("a lock is for one at a time", () => {
  const file = join(folder, "lock");
  const first = takeLock(file);
  expect(takeLock(file)).toBeUndefined();

  first?.release();
  const second = takeLock(file);
  expect(second).toBeDefined();
  second?.release();
});

test("a process that is killed lets go", async () => {
  const file = join(folder, "lock");
  const holder = spawn(process.execPath, ["--input-type=module", "-e", HOLD, file]);
  const [said] = (await once(holder.stdout, "data")) as [Buffer];
  expect(said.toString().trim()).toBe("taken");
  expect(takeLock(file)).toBeUndefined();

  holder.kill("SIGKILL");
  await once(holder, "exit");
  const lock = takeLock(file);
  expect(lock).toBeDefined();
  lock?.release();
});
