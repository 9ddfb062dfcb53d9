import { createHmac, randomBytes } from "node:crypto";

import { expect, test } from "vitest";

import { createDigest } from "./digest.ts";

test.each([0, 16, 32, 64, 100])("it is HMAC-SHA256 with a key of %i bytes", (length) => {
  const key = randomBytes(length);
  expect(createDigest(key)({ body: "héllo" })).toBe(
    createHmac("sha256", key).update('{"body":"héllo"}').digest("base64"),
  );
});

test("the order of keys does not matter, their values do", () => {
  const digest = createDigest(randomBytes(32));
  expect(digest({ a: 1, b: [2] })).toBe(digest({ b: [2], a: 1 }));
  expect(digest({ a: 1, b: [2] })).not.toBe(digest({ a: 1, b: ["2"] }));
});

test("a text longer than the room that is kept for it is hashed as a whole", () => {
  const [key, body] = [randomBytes(32), "ä".repeat(40_000)];
  expect(createDigest(key)({ body })).toBe(createHmac("sha256", key).update(`{"body":"${body}"}`).digest("base64"));
  expect(createDigest(key)({ body: "short" })).toBe(
    createHmac("sha256", key).update('{"body":"short"}').digest("base64"),
  );
});
