import { expect, test } from "vitest";

import { parseMessage } from "./parse-message.ts";

const line = (more: Record<string, unknown> = {}) =>
  JSON.stringify({ id: "1", at: 1, author: "alice", body: "hello", ...more });

test("a line is read with what it may leave out", () => {
  expect(parseMessage(line({ re: "0", channel: "talk" }))).toMatchObject({
    ok: true,
    value: { id: "1", re: "0", channel: "talk" },
  });
  expect(parseMessage(line())).toMatchObject({ ok: true, value: { author: "alice", body: "hello" } });
});

test("what cannot be stored or shown is taken out of names and texts", () => {
  const text = `{"id":"1","at":1,"author":" a\\u0000li\\nce ","body":"a\\u0000b\\ud800"}`;

  expect(parseMessage(text)).toMatchObject({ ok: true, value: { author: "a li ce", body: "ab\ufffd" } });
});

test.for<[string, string]>([
  ["{", "not JSON"],
  ["[]", "the line is missing or not as it must be"],
  ["null", "the line is missing or not as it must be"],
  [line({ id: undefined }), "id is missing or not as it must be"],
  [line({ id: "" }), "id is missing or not as it must be"],
  [line({ at: "yesterday" }), "at is missing or not as it must be"],
  [line({ at: -5 }), "at is missing or not as it must be"],
  [line({ at: 2 ** 50 }), "at is missing or not as it must be"],
  [line({ author: undefined }), "author is missing or not as it must be"],
  [line({ author: "\n" }), "author is empty"],
  [line({ body: 7 }), "body is missing or not as it must be"],
  [line({ body: "\0" }), "body is empty"],
  [line({ body: "x".repeat(8_001) }), "body is longer than 8000 characters"],
  [line({ channel: " " }), "channel is empty"],
])("%s is told as: %s", ([text, problem]) => {
  expect(parseMessage(text)).toEqual({ ok: false, problem });
});
