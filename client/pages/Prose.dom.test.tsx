import { render } from "@solidjs/testing-library";
import { expect, test } from "vitest";

import type { PageBody, PageNode } from "#shared/pages/body.ts";

import { Prose } from "./Prose.tsx";

const shown = (...content: readonly PageNode[]): HTMLElement =>
  render(() => <Prose body={{ type: "doc", content } satisfies PageBody} />).container;
const words = (text: string, ...marks: readonly { type: string; attrs?: Record<string, string> }[]): PageNode => ({
  type: "paragraph",
  content: [{ type: "text", text, marks }],
});

test("whatever somebody got into a page, nothing of it runs or is fetched that should not be", () => {
  const page = shown(
    words("<script>alert(1)</script><img src=x onerror=alert(1)>"),
    words("here", { type: "link", attrs: { href: "javascript:alert(1)" } }),
    words("there", { type: "link", attrs: { href: "data:text/html,<script>" } }),
    { type: "image", attrs: { src: "javascript:alert(1)", alt: "x" } },
    { type: "image", attrs: { src: "http://example.org/a.png" } },
    { type: "mention", attrs: { id: "nobody", label: "<b>Bob</b>" } },
    { type: "iframe", content: [words("inside")] } as unknown as PageNode,
  );
  expect(page.querySelectorAll("script, img, a, b, iframe")).toHaveLength(0);
  expect(page.textContent).toContain("here");
  expect(page.textContent).toContain("@<b>Bob</b>");
});

test("a link says nothing about us to where it goes, and words keep all their marks", () => {
  const page = shown(
    words("both", { type: "bold" }, { type: "italic" }, { type: "link", attrs: { href: "https://example.org" } }),
  );
  const link = page.querySelector("a");
  expect(link?.getAttribute("rel")).toBe("noopener noreferrer nofollow");
  expect(page.querySelector("strong em a")?.textContent).toBe("both");
});

test("a page's own headings come below its title, and half a table is still a table", () => {
  const page = shown(
    { type: "heading", attrs: { level: 1 }, content: [{ type: "text", text: "Rules" }] },
    { type: "table", content: [{ type: "tableRow" }] },
    { type: "bulletList" },
  );
  expect(page.querySelector("h2")?.textContent).toBe("Rules");
  expect(page.querySelector("table tr")).not.toBeNull();
});
