import { Document, type Connection } from "@hocuspocus/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { applyUpdate, Doc, encodeStateVector } from "yjs";

import { takeApart } from "#tests/attack/support/wire.ts";

import { answerStep1, forgetAnswers } from "./steps.ts";

let document: Document;
beforeEach(() => {
  vi.useFakeTimers();
  document = new Document("room");
});
afterEach(() => {
  document.destroy();
  vi.useRealTimers();
});

const NOTHING_SEEN = encodeStateVector(new Doc());

/** Writes past the journal, so that an answer shows whether it was worked out anew: the version stays. */
const write = (text: string): void => document.getArray("log").push([text]);

/** What a newcomer is given who asks at this version. */
function answered(version: number): unknown[] {
  const sent: Uint8Array[] = [];
  const connection = { messageAddress: "room", send: (bytes: Uint8Array) => sent.push(bytes) } as unknown as Connection;
  answerStep1(connection, document, version, NOTHING_SEEN);
  const doc = new Doc();
  for (const heard of sent.map(takeApart)) if (heard.kind === "step2") applyUpdate(doc, heard.bytes);
  return doc.getArray("log").toArray();
}

test("who asks the same of the same version is given the same bytes, without working them out again", () => {
  write("one");
  expect(answered(1)).toEqual(["one"]);
  write("two");
  expect(answered(1)).toEqual(["one"]);
  expect(answered(2)).toEqual(["one", "two"]);
});

test("answers are kept for a while and then let go, also where nobody asks again", () => {
  write("one");
  answered(1);
  write("two");
  vi.advanceTimersByTime(9_999);
  forgetAnswers();
  expect(answered(1)).toEqual(["one"]);
  vi.advanceTimersByTime(1);
  forgetAnswers();
  expect(answered(1)).toEqual(["one", "two"]);
});

test("to ask again and again keeps no answer for longer", () => {
  write("one");
  for (let seconds = 0; seconds < 10; seconds += 1) {
    answered(1);
    vi.advanceTimersByTime(1_000);
    forgetAnswers();
  }
  write("two");
  expect(answered(1)).toEqual(["one", "two"]);
});
