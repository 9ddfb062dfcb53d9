import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { afterAll, expect, test } from "vitest";

import { readLines } from "./read-lines.ts";

const folder = mkdtempSync(join(tmpdir(), "folkmoot-lines-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function linesOf(bytes: string | Uint8Array): Promise<readonly [number, string][]> {
  const path = join(folder, "file");
  writeFileSync(path, bytes);
  return (await Array.fromAsync(readLines(path))).map(({ number, text }) => [number, text]);
}

const text = "one\n\n  \nzwölf 十二\r\nlast";
const expected = [
  [1, "one"],
  [4, "zwölf 十二\r"],
  [5, "last"],
];

test("lines keep their numbers when empty ones are left out", async () => {
  expect(await linesOf(text)).toEqual(expected);
});

test("a gzipped file is read as what it holds", async () => {
  expect(await linesOf(gzipSync(text))).toEqual(expected);
});

test("characters are whole where the file is read in pieces", async () => {
  const long = "十".repeat(300_000);

  expect(await linesOf(long)).toEqual([[1, long]]);
});

test("a gzipped file that ends too early is told", async () => {
  const bytes = gzipSync(Array.from({ length: 10_000 }, (_, index) => `line ${index * 7919}`).join("\n"));

  await expect(linesOf(bytes.subarray(0, bytes.length / 2))).rejects.toMatchObject({ code: "Z_BUF_ERROR" });
});

test("a file that is not there is told", async () => {
  await expect(Array.fromAsync(readLines(join(folder, "nothing")))).rejects.toMatchObject({ code: "ENOENT" });
});
