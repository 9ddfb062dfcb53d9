import { MessageType } from "@hocuspocus/server";
import { createEncoder, toUint8Array, writeVarString, writeVarUint } from "lib0/encoding";
import { expect, test } from "vitest";

import { readEnvelope } from "./envelope.ts";

function message(...parts: readonly (number | string)[]): Uint8Array {
  const encoder = createEncoder();
  parts.forEach((part) => (typeof part === "number" ? writeVarUint(encoder, part) : writeVarString(encoder, part)));
  return toUint8Array(encoder);
}

test("what stock providers say has an envelope, with and without their version", () => {
  expect(readEnvelope(message("channel:x/1", MessageType.Sync, 0))).toBeDefined();
  expect(readEnvelope(message("channel:x/1", MessageType.Auth, 0, "token"))).toBeDefined();
  expect(readEnvelope(message("channel:x/1", MessageType.Auth, 0, "token", "4.8.0"))).toBeDefined();
});

test("what Hocuspocus could not read has none", () => {
  expect(readEnvelope(new Uint8Array())).toBeUndefined();
  expect(readEnvelope(Uint8Array.of(200, 1, 65))).toBeUndefined();
  expect(readEnvelope(Uint8Array.of(2, 0xff, 0xfe, 0))).toBeUndefined();
  expect(readEnvelope(message("channel:x/1"))).toBeUndefined();
  expect(readEnvelope(message("channel:x/1", MessageType.Auth))).toBeUndefined();
  expect(readEnvelope(message("channel:x/1", MessageType.Auth, 0, "token", 77))).toBeUndefined();
});

test("a name is no longer than names are, and does not break a line", () => {
  expect(readEnvelope(message("x".repeat(256), MessageType.Sync, 0))).toBeDefined();
  for (const name of ["x".repeat(257), `channel:x/1\0${"y".repeat(250)}`, "line\nbreak", "\u001b[2J", "x\0\u0085"])
    expect(readEnvelope(message(name, MessageType.Auth, 0, ""))).toBeUndefined();
  expect(readEnvelope(message("x", MessageType.Auth, 0, "token", "4".repeat(65)))).toBeUndefined();
});

test("a document is not named as every object's own properties are", () => {
  for (const name of ["constructor", "__proto__", "toString\0session"])
    expect(readEnvelope(message(name, MessageType.Auth, 0, ""))).toBeUndefined();
});
