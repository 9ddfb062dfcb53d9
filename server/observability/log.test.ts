import { expect, test } from "vitest";

import { describe } from "./log.ts";

test("an error is described by what explains it, down to its cause, and by nothing that hangs on it", () => {
  const cause = Object.assign(new TypeError("no"), { code: "ENOPE", client: { password: "swordfish" } });
  const described = describe(new Error("it failed", { cause }));

  expect(described).toMatchObject({ type: "Error", message: "it failed", cause: { type: "TypeError", code: "ENOPE" } });
  expect(JSON.stringify(described)).not.toContain("swordfish");
});

test("what was thrown and is no error is told as it is", () => {
  expect(describe("out of cheese")).toBe("out of cheese");
});
