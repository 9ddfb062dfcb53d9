import { createEncoder, toUint8Array, writeVarUint } from "lib0/encoding";
import { expect, test } from "vitest";
import { Doc, encodeStateAsUpdate } from "yjs";

import { applyLog } from "./apply-log.ts";

const texts = ["by the river", "", "naïve", "川のほとり", "🌊"];

function logOf(entries: readonly unknown[]): Doc {
  const doc = new Doc();
  doc.getArray("log").push(structuredClone([...entries]));
  return doc;
}

function read(update: Uint8Array): unknown {
  const doc = new Doc();
  applyLog(doc, update);
  return doc.getArray("log").toJSON();
}

test("what a device reads back is what it kept, in any script", () => {
  const entries = texts.map((body) => ({ kind: "message", body, re: { [body]: [body, 1, null] } }));
  expect(read(encodeStateAsUpdate(logOf(entries)))).toEqual(entries);
});

test("a row that was cut anywhere is damaged, and never a shorter text", () => {
  const whole = encodeStateAsUpdate(logOf([{ body: texts.join(" ") }]));
  for (let length = 1; length < whole.length; length += 1) expect(() => read(whole.slice(0, length))).toThrow();
});

test("a text that claims to be longer than anything is not looked for", () => {
  const whole = encodeStateAsUpdate(logOf(["x"]));
  const at = whole.lastIndexOf("x".charCodeAt(0)) - 1;
  const length = createEncoder();
  writeVarUint(length, 2 ** 40);
  expect(() => read(Uint8Array.of(...whole.slice(0, at), ...toUint8Array(length), ...whole.slice(at + 1)))).toThrow(
    RangeError,
  );
});
