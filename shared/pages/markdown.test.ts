import { expect, test } from "vitest";

import type { PageNode } from "./body.ts";
import { differenceOf } from "./difference.ts";
import { isLink, isPicture } from "./links.ts";
import { toMarkdown } from "./markdown.ts";

const words = (text: string, ...marks: readonly string[]): PageNode => ({
  type: "text",
  text,
  ...(marks.length > 0 && {
    marks: marks.map((type) => (type.includes(":") ? { type: "link", attrs: { href: type } } : { type })),
  }),
});
const p = (...content: readonly PageNode[]): PageNode => ({ type: "paragraph", content });
const page = (...content: readonly PageNode[]) => ({ type: "doc", content }) as const;
const item = (...content: readonly PageNode[]): PageNode => ({ type: "listItem", content });

test.for<[string, PageNode, string]>([
  ["words with marks", p(words("a "), words("b ", "bold"), words("c", "code"), words(" d")), "a **b** `c` d\n"],
  ["a link", p(words("here", "https://example.org/(a)")), "[here](https://example.org/%28a%29)\n"],
  ["signs that mean nothing", p(words("2 * 3 < [x] _y_")), "2 \\* 3 \\< \\[x\\] \\_y\\_\n"],
  ["a line that is no heading", p(words("# not a heading")), "\\# not a heading\n"],
  ["a line that is no list", p(words("1. not a list")), "1\\. not a list\n"],
  [
    "code with a fence in it",
    { type: "codeBlock", attrs: { language: "sh" }, content: [words("```\nx")] },
    "````sh\n```\nx\n````\n",
  ],
  [
    "lists in lists",
    { type: "bulletList", content: [item(p(words("one")), { type: "orderedList", content: [item(p(words("two")))] })] },
    "- one\n  1. two\n",
  ],
  [
    "tasks",
    {
      type: "taskList",
      content: [
        { type: "taskItem", attrs: { checked: true }, content: [p(words("done"))] },
        { type: "taskItem", attrs: { checked: false }, content: [p(words("not yet"))] },
      ],
    },
    "- [x] done\n- [ ] not yet\n",
  ],
  [
    "a table, rows of it shorter than others",
    {
      type: "table",
      content: [
        { type: "tableRow", content: [{ type: "tableHeader", content: [p(words("a|b"))] }, { type: "tableHeader" }] },
        { type: "tableRow", content: [{ type: "tableCell", content: [p(words("c"))] }] },
      ],
    },
    "| a\\|b |  |\n| --- | --- |\n| c |\n",
  ],
  ["a quote", { type: "blockquote", content: [p(words("one")), p(words("two"))] }, "> one\n>\n> two\n"],
  ["nothing", p(), "\n"],
])("%s is markdown", ([, node, markdown]) => expect(toMarkdown(page(node))).toBe(markdown));

test.for<[string, PageNode]>([
  ["a code block of many runs of backticks", { type: "codeBlock", content: [words("`a".repeat(150_000))] }],
  ["a paragraph of code of many runs of backticks", p(words("`a".repeat(150_000), "code"))],
  ["a table of many rows", { type: "table", content: Array.from({ length: 200_000 }, () => ({ type: "tableRow" })) }],
  ["words with a long gap between them", p(words(`a${" ".repeat(300_000)}b`, "bold"))],
  [
    "a table of a wide row and many rows",
    {
      type: "table",
      content: [
        { type: "tableRow", content: Array.from({ length: 20_000 }, () => ({ type: "tableCell" })) },
        ...Array.from({ length: 20_000 }, (): PageNode => ({ type: "tableRow" })),
      ],
    },
  ],
])("%s is markdown, however long", ([, node]) => expect(toMarkdown(page(node))).not.toBe(""));

test("a difference tells which blocks came and went, and which words of those that were reworded", () => {
  const before = page(p(words("One")), p(words("Two with care")), p(words("Three")));
  const after = page(p(words("One")), p(words("Two without care")), p(words("Three")), p(words("四つ")));
  expect(differenceOf(before, after)).toEqual([
    { kind: "same", text: "One" },
    {
      kind: "changed",
      words: [
        { kind: "same", text: "Two " },
        { kind: "gone", text: "with " },
        { kind: "new", text: "without " },
        { kind: "same", text: "care" },
      ],
    },
    { kind: "same", text: "Three" },
    { kind: "new", text: "四つ" },
  ]);
  expect(differenceOf(before, before).every(({ kind }) => kind === "same")).toBe(true);
});

test("also of pages of very many blocks, all of them new or none", () => {
  const many = { ...page(), content: Array.from({ length: 150_000 }, (_, index) => p(words(`${index}`))) };
  expect(differenceOf(page(p(words("One"))), many)).toHaveLength(150_000);
  expect(differenceOf(many, many).every(({ kind }) => kind === "same")).toBe(true);
});

test.for([
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "java\nscript:alert(1)",
  "data:text/html,<script>",
  "vbscript:x",
  "file:///etc/passwd",
  "//example.org",
  "https://",
  "https://a b",
  'https://a"onerror="x',
  "https://a\u0000",
  `https://a/${"a".repeat(2_000)}`,
  42,
  null,
])("%j is no link and no picture", (href) => {
  expect(isLink(href)).toBe(false);
  expect(isPicture(href)).toBe(false);
});

test("pictures come over https alone, links from anywhere one may go", () => {
  for (const href of ["https://example.org/a?b=c#d", "http://localhost:3000", "mailto:bob@example.org"])
    expect(isLink(href)).toBe(true);
  expect(isPicture("http://example.org/a.png")).toBe(false);
  expect(isPicture("https://example.org/a.png")).toBe(true);
});
