import { Node, type AnyExtension } from "@tiptap/core";
import { Blockquote } from "@tiptap/extension-blockquote";
import { Bold } from "@tiptap/extension-bold";
import { Code } from "@tiptap/extension-code";
import { CodeBlock } from "@tiptap/extension-code-block";
import { Document } from "@tiptap/extension-document";
import { HardBreak } from "@tiptap/extension-hard-break";
import { Heading } from "@tiptap/extension-heading";
import { HorizontalRule } from "@tiptap/extension-horizontal-rule";
import { Image } from "@tiptap/extension-image";
import { Italic } from "@tiptap/extension-italic";
import { Link } from "@tiptap/extension-link";
import { BulletList, ListItem, ListKeymap, OrderedList, TaskItem, TaskList } from "@tiptap/extension-list";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Strike } from "@tiptap/extension-strike";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { Text } from "@tiptap/extension-text";

import { isLink, isPicture } from "#shared/pages/links.ts";

const INNER =
  "(paragraph | heading | bulletList | orderedList | taskList | blockquote | codeBlock | horizontalRule | image)";
const IN_CELL = "(paragraph | bulletList | orderedList | taskList | codeBlock | image)+";

/** Somebody named in a page, by id and by the name that they had then. */
const Mention = Node.create({
  name: "mention",
  group: "inline",
  inline: true,
  atom: true,
  selectable: false,
  addAttributes: () => ({ id: { default: null }, label: { default: "" } }),
  parseHTML: () => [],
  renderHTML: ({ node }) => ["span", { class: "mention" }, `@${String(node.attrs["label"])}`],
  renderText: ({ node }) => `@${String(node.attrs["label"])}`,
});

/** The page's title is the first heading of all. */
const PageHeading = Heading.extend({
  parseHTML: () => ["h1", "h2", "h3", "h4"].map((tag, index) => ({ tag, attrs: { level: Math.max(1, index) } })),
  renderHTML: ({ node }) => [`h${Number(node.attrs["level"]) + 1}`, 0],
}).configure({ levels: [1, 2, 3] });

const spans = () => ({ colspan: { default: 1 }, rowspan: { default: 1 } });

/** A picture of whose address nothing good is known is passed over where somebody pastes it. */
const PagePicture = Image.extend({
  addAttributes: () => ({ src: { default: null }, alt: { default: "" } }),
  parseHTML: () => [
    { tag: "img[src]", getAttrs: (element) => (isPicture(element.getAttribute("src")) ? null : false) },
  ],
  renderHTML: ({ node }) => [
    "img",
    {
      src: isPicture(node.attrs["src"]) ? node.attrs["src"] : "",
      alt: String(node.attrs["alt"] ?? ""),
      referrerpolicy: "no-referrer",
      loading: "lazy",
    },
  ],
});

const PageLink = Link.extend({
  addAttributes: () => ({ href: { default: null } }),
}).configure({
  openOnClick: false,
  autolink: true,
  linkOnPaste: true,
  protocols: ["http", "https", "mailto"],
  isAllowedUri: (url) => isLink(url),
  shouldAutoLink: isLink,
  HTMLAttributes: { rel: "noopener noreferrer nofollow", target: null },
});

/**
 * What a page is made of, as the editor knows it: the schema of `shared/pages/schema.ts`, which the server holds
 * everybody to. A test compares the two.
 */
export const pageExtensions: readonly AnyExtension[] = [
  Document,
  Paragraph,
  Text,
  PageHeading,
  BulletList,
  OrderedList.extend({ addAttributes: () => ({ start: { default: 1 } }) }),
  ListItem.extend({ content: `paragraph ${INNER}*` }),
  TaskList,
  TaskItem.extend({ content: `paragraph ${INNER}*` }).configure({ nested: true }),
  ListKeymap,
  Blockquote.extend({ content: `${INNER}+` }),
  CodeBlock,
  HorizontalRule,
  Table.configure({ resizable: false }),
  TableRow,
  TableCell.extend({ content: IN_CELL, addAttributes: spans }),
  TableHeader.extend({ content: IN_CELL, addAttributes: spans }),
  PagePicture,
  HardBreak,
  Mention,
  Bold,
  Italic,
  Strike,
  Code,
  PageLink,
];
