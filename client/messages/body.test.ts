import { expect, test } from "vitest";

import { isStorable } from "#shared/entries/value.ts";

import { cleanBody, lengthOf } from "./body.ts";

test("what no database can keep is taken out of a text", () => {
  expect(cleanBody(" a\0b \uD800 ")).toBe("ab \uFFFD");
});

test("8,000 characters fit, one more does not", () => {
  expect(lengthOf("a".repeat(8_000))).toEqual({ kind: "fits", left: 0 });
  expect(lengthOf("a".repeat(8_001))).toEqual({ kind: "too-long", over: 1 });
});

test.for(["中", "😀", "\n", '"'])("as much of %j as is said to fit can be kept", (sign) => {
  let text = sign.repeat(8_000);
  for (let length = lengthOf(`x${text}x`); length.kind === "too-long"; length = lengthOf(`x${text}x`))
    text = text.slice(0, -length.over);
  expect(isStorable({ body: `x${text}x`, mentions: Array.from({ length: 50 }, () => "0".repeat(36)) })).toBe(true);
});
