import { globSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { textOf } from "./support/document.ts";

const ROOT = join(import.meta.dirname, "../..");
const [promised = "", notPromised] = textOf("SECURITY.md").split("## What is not promised");

/** Every sentence of every item. */
const promises = [...promised.matchAll(/^- (.+)$/gm)].flatMap(([, item = ""]) => item.split(/(?<=\.) (?=[A-Z])/));

const TITLE = /\btest(?:\.\w+)*(?:\([^"`]*?\))?\(\s*(?:"([^"\n]+)"|`([^`]+)`)/g;

const titles = new Set(
  globSync("{shared,server,client,tests}/**/*.test.{ts,tsx}", { cwd: ROOT })
    .flatMap((path) => [...textOf(path).matchAll(TITLE)])
    .map(([, plain, template]) => plain ?? template ?? ""),
);

/** A title begins small and ends without a stop. */
const asTitle = (sentence: string): string => (sentence[0] ?? "").toLowerCase() + sentence.slice(1).replace(/\.$/, "");

test("every promise of SECURITY.md is the name of a test, word for word", () => {
  expect(notPromised).toBeDefined();
  expect(promises.length).toBeGreaterThan(40);
  expect(promises.filter((promise) => !titles.has(asTitle(promise)))).toEqual([]);
});
