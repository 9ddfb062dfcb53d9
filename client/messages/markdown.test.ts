import { expect, test } from "vitest";

import { parseMarkdown, plainText, safeUrl } from "./markdown.ts";

const kinds = (body: string): string => JSON.stringify(parseMarkdown(body), (key, value: unknown) => (key === "position" ? undefined : value));

test.for(["<script>alert(1)</script>", "ssh <name>@<host>", "<img src=x onerror=alert(1)>"])("%s is text, and all of it stays", (body) => {
  expect(kinds(body)).not.toContain('"html"');
  expect(plainText(body)).toBe(body);
});

test.for([
  ["https://example.org/a?b", true],
  ["mailto:bob@example.org", true],
  ["javascript:alert(1)", false],
  ["data:text/html,x", false],
  ["/relative", false],
] as const)("a link to %s may be followed: %s", ([url, allowed]) => {
  expect(safeUrl(url) !== undefined).toBe(allowed);
});

test("a quotation is one line without marks", () => {
  expect(plainText("**bold** and `code`\n\n- one\n- two")).toBe("bold and code one two");
});

test("pasted indentation stays talk", () => {
  expect(kinds("    indented")).not.toContain('"code"');
});
