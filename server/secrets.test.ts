import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { readSecrets } from "./secrets.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "folkmoot-secrets-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

test("secrets are made once and stay", () => {
  const first = readSecrets(folder);
  expect(first.digestKey).toHaveLength(32);
  expect(readSecrets(folder)).toEqual(first);
});

test("two installations share none", () => {
  const one = readSecrets(join(folder, "one"));
  const other = readSecrets(join(folder, "other"));
  expect(one.digestKey).not.toEqual(other.digestKey);
  expect(one.installationId).not.toBe(other.installationId);
});

test("a data directory in which no folder can be is told in a sentence", () => {
  writeFileSync(join(folder, "file"), "");
  expect(() => readSecrets(join(folder, "file"))).toThrow(/^Cannot write to .*: a part of that path is a file\.$/);
});
