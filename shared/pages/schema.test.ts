import { expect, test } from "vitest";

import { isAttribute, isMark } from "./schema.ts";

test.for(["\0", "a\0b", "\ud800", "a\udc00b", "\udc00\ud800"])("%j is nothing that can be kept of a page", (text) => {
  expect(isAttribute("image", "alt", text)).toBe(false);
  expect(isAttribute("image", "src", `https://example.org/${text}`)).toBe(false);
  expect(isAttribute("mention", "label", text)).toBe(false);
  expect(isAttribute("codeBlock", "language", text)).toBe(false);
  expect(isMark("link", { href: `https://example.org/${text}` })).toBe(false);
});

test("whatever people are called is", () => {
  for (const name of ["", "Bob", "四つ葉", "🌻 \u{1f469}\u200d\u{1f33e}"])
    expect(isAttribute("mention", "label", name)).toBe(true);
});
