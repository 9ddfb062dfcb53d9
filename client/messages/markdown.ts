import type { Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

/**
 * People type `<name>` and paste indented lines: neither is markup here, so nothing of it gets lost. HTML is text, and
 * what only a document needs (link definitions, underlined headings) is text too.
 */
const talkOnly = {
  disable: { null: ["htmlFlow", "htmlText", "codeIndented", "setextUnderline", "definition", "labelStartImage"] },
};

const KEPT = 400;
const parsed = new Map<string, Root>();

/** What a message says, as a tree. Remembers the latest ones, since rows come and go while one scrolls. */
export function parseMarkdown(body: string): Root {
  const known = parsed.get(body);
  if (known !== undefined) return known;

  const tree = fromMarkdown(body, {
    extensions: [gfm({ singleTilde: false }), talkOnly],
    mdastExtensions: [gfmFromMarkdown()],
  });
  if (parsed.size >= KEPT) parsed.delete(parsed.keys().next().value as string);
  parsed.set(body, tree);
  return tree;
}

const SAFE = new Set(["http:", "https:", "mailto:"]);

/** The address of a link that may be followed; undefined for `javascript:` and its kin. */
export function safeUrl(url: string): string | undefined {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  return address !== undefined && SAFE.has(address.protocol) ? address.href : undefined;
}
