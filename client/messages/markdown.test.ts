import * as fc from "fast-check";
import type { Nodes } from "mdast";
import { expect, test } from "vitest";

import { parseMarkdown, safeUrl } from "./markdown.ts";
import { isPlain, paragraphsOf, quotation } from "./plain.ts";

function textOf(node: Nodes): string {
  if ("value" in node) return node.value;
  if (node.type === "break") return "\n";
  return "children" in node ? node.children.map(textOf).join("") : "";
}

const kindsIn = (body: string): string =>
  JSON.stringify(parseMarkdown(body), (key, value: unknown) => (key === "position" ? undefined : value));

test.for(["<script>alert(1)</script>", "ssh <name>@<host>", "<img src=x onerror=alert(1)>"])(
  "%s is text, and all of it stays",
  (body) => {
    expect(kindsIn(body)).not.toContain('"html"');
    expect(textOf(parseMarkdown(body))).toBe(body);
  },
);

test.for([
  ["https://example.org/a?b", true],
  ["mailto:bob@example.org", true],
  ["javascript:alert(1)", false],
  ["data:text/html,x", false],
  ["/relative", false],
] as const)("a link to %s may be followed: %s", ([url, allowed]) => {
  expect(safeUrl(url) !== undefined).toBe(allowed);
});

test("pasted indentation stays talk", () => {
  expect(kindsIn("    indented")).not.toContain('"code"');
});

test("what counts as plain means the same to the parser", () => {
  const sign = fc.constantFrom(..."ab1 \n\t_-+*#>`~[]()<>|:&;.@/\\=!?中é'\"".split(""));
  const word = fc.constantFrom(
    "the_one ",
    "https://a.b ",
    "www.a.bc ",
    "a@b.cd ",
    "&amp;",
    "1. ",
    "---",
    "| a |\n|---|",
    "ok ",
    "\n\n",
    "http:",
    "mailto:a ",
  );
  const body = fc.array(fc.oneof(sign, word), { maxLength: 24 }).map((parts) => parts.join(""));

  fc.assert(
    fc.property(body, (text) => {
      fc.pre(isPlain(text));
      const { children } = parseMarkdown(text);
      expect(children.map(({ type }) => type)).toEqual(children.map(() => "paragraph"));
      expect(children.map(textOf)).toEqual(paragraphsOf(text));
    }),
    { numRuns: 2_000 },
  );
});

test("a quotation is one line without marks", () => {
  expect(quotation("**bold** and `code`\n\n- one\n- [two](https://example.org)")).toBe("bold and code one two");
});
