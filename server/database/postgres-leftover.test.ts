import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { clearLeftover } from "./postgres-leftover.ts";

let data: string;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "folkmoot-leftover-"));
});

afterEach(() => rmSync(data, { recursive: true }));

const idle = (cwd: string) => spawn(process.execPath, ["-e", "setInterval(() => {}, 1_000_000)"], { cwd });

test("a number that belongs to somebody else's process by now is only forgotten", async () => {
  const stranger = idle(tmpdir());
  await once(stranger, "spawn");
  writeFileSync(join(data, "postmaster.pid"), `${stranger.pid}\n${data}\n`);

  await clearLeftover(data);
  expect(existsSync(join(data, "postmaster.pid"))).toBe(false);
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  stranger.kill("SIGKILL");
  await once(stranger, "exit");
});

test("what still serves from the folder is ended", async () => {
  const leftover = idle(data);
  await once(leftover, "spawn");
  const gone = once(leftover, "exit");
  writeFileSync(join(data, "postmaster.pid"), `${leftover.pid}\n${data}\n`);

  await clearLeftover(data);
  expect(await gone).toEqual([null, "SIGQUIT"]);
  expect(existsSync(join(data, "postmaster.pid"))).toBe(false);
});

test("where nothing is left over nothing happens", async () => {
  await expect(clearLeftover(data)).resolves.toBeUndefined();
});
