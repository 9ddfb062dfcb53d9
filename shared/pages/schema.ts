import { isUuid } from "../ids.ts";
import { isLink, isPicture } from "./links.ts";

/** Elements within each other: lists in lists count twice. */
export const MAX_DEPTH = 24;

type Check = (value: unknown) => boolean;

interface NodeRule {
  /** Which elements may lie in it; `text` for words. */
  readonly holds: readonly string[];
  readonly attributes: Readonly<Record<string, Check>>;
}

const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const between =
  (least: number, most: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
/** No NUL and no half of a pair, which PostgreSQL keeps in no text: nobody could note what the page says any more. */
const short =
  (most: number): Check =>
  (value) =>
    typeof value === "string" && value.length <= most && value.isWellFormed() && !value.includes("\0");

const MAX_ALT = 500;
const MAX_LABEL = 64;
const MAX_SPAN = 50;

const words = ["text", "hardBreak", "mention"];
const lists = ["bulletList", "orderedList", "taskList"];
const blocks = ["paragraph", "heading", ...lists, "blockquote", "codeBlock", "horizontalRule", "table", "image"];
const inCell = ["paragraph", ...lists, "codeBlock", "image"];
const cell: NodeRule = { holds: inCell, attributes: { colspan: between(1, MAX_SPAN), rowspan: between(1, MAX_SPAN) } };
const node = (holds: readonly string[], attributes: NodeRule["attributes"] = {}): NodeRule => ({ holds, attributes });

/**
 * Every element that a page may hold. Each rule is about an element and what it lies in, which never changes: what one
 * device may add, another one may add too, in whichever order they arrive. What an element must hold is no rule here,
 * since two honest edits may meet in a list without items.
 */
export const pageNodes = {
  doc: node(blocks),
  paragraph: node(words),
  heading: node(words, { level: between(1, 3) }),
  bulletList: node(["listItem"]),
  orderedList: node(["listItem"], { start: between(0, 1_000_000) }),
  listItem: node(blocks.filter((name) => name !== "table")),
  taskList: node(["taskItem"]),
  taskItem: node(
    blocks.filter((name) => name !== "table"),
    { checked: oneOf(true, false) },
  ),
  blockquote: node(blocks.filter((name) => name !== "table")),
  codeBlock: node(["text"], {
    language: (value) => typeof value === "string" && /^[\w+#.-]{1,32}$/.test(value),
  }),
  horizontalRule: node([]),
  table: node(["tableRow"]),
  tableRow: node(["tableCell", "tableHeader"]),
  tableCell: cell,
  tableHeader: cell,
  image: node([], { src: isPicture, alt: short(MAX_ALT) }),
  hardBreak: node([]),
  mention: node([], { id: (value) => typeof value === "string" && isUuid(value), label: short(MAX_LABEL) }),
} as const satisfies Readonly<Record<string, NodeRule>>;

export type PageNodeName = keyof typeof pageNodes;

const plain: Check = (value) => isRecord(value) && Object.keys(value).length === 0;

/** Every mark that words may have, and what it may say. */
export const pageMarks = {
  bold: plain,
  italic: plain,
  strike: plain,
  code: plain,
  link: (value) => isRecord(value) && Object.keys(value).join() === "href" && isLink(value["href"]),
} as const satisfies Readonly<Record<string, Check>>;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const ruleOf = (name: string): NodeRule | undefined =>
  Object.hasOwn(pageNodes, name) ? pageNodes[name as PageNodeName] : undefined;

export const isPageNode = (name: string): name is PageNodeName => ruleOf(name) !== undefined;

/** Whether an element, or `text`, may lie in another one. */
export const mayHold = (outer: string, inner: string): boolean => ruleOf(outer)?.holds.includes(inner) === true;

export function isAttribute(name: string, key: string, value: unknown): boolean {
  const attributes = ruleOf(name)?.attributes ?? {};
  return Object.hasOwn(attributes, key) && attributes[key]?.(value) === true;
}

export const isMark = (name: string, value: unknown): boolean => isMarkName(name) && pageMarks[name](value);

export const isMarkName = (name: string): name is keyof typeof pageMarks => Object.hasOwn(pageMarks, name);
