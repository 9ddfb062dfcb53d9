import { isWords, type PageBody, type PageElement, type PageNode, type PageWords } from "./body.ts";

/** A page as markdown, as other programs read it. */
export const toMarkdown = ({ content }: PageBody): string =>
  content.length === 0 ? "" : `${blocksOf(content).join("\n\n")}\n`;

/** Every block of a page as markdown, in order: what is compared where two versions differ. */
export const blocksOf = (content: readonly PageNode[]): readonly string[] =>
  content.map((node) => (isWords(node) ? escaped(node.text) : block(node))).filter((text) => text.trim() !== "");

function block(node: PageElement): string {
  const { content = [], attrs = {} } = node;
  switch (node.type) {
    case "heading":
      return `${"#".repeat(Number(attrs["level"] ?? 1))} ${words(content)}`;
    case "bulletList":
      return items(content, () => "- ");
    case "orderedList":
      return items(content, (index) => `${Number(attrs["start"] ?? 1) + index}. `);
    case "taskList":
      return items(content, (_index, item) => (item.attrs?.["checked"] === true ? "- [x] " : "- [ ] "));
    case "blockquote":
      return indented(blocksOf(content).join("\n\n"), "> ", "> ");
    case "codeBlock":
      return fenced(content, String(attrs["language"] ?? ""));
    case "horizontalRule":
      return "---";
    case "table":
      return table(content);
    case "image":
      return `![${escaped(String(attrs["alt"] ?? ""))}](${address(String(attrs["src"] ?? ""))})`;
    default:
      return atStart(words(content));
  }
}

function items(content: readonly PageNode[], sign: (index: number, item: PageElement) => string): string {
  const all = content.filter((node): node is PageElement => !isWords(node));
  return all
    .map((item, index) => {
      const first = sign(index, item);
      const own = (item.content ?? []).flatMap((node) => blocksOf([node]));
      // What follows the first block of an item and is no list stands apart from it.
      return indented(own.join("\n"), first, " ".repeat(first.startsWith("- [") ? 2 : first.length));
    })
    .join("\n");
}

function indented(text: string, first: string, rest: string): string {
  return text
    .split("\n")
    .map((line, index) => (line === "" && index > 0 ? rest.trimEnd() : `${index === 0 ? first : rest}${line}`))
    .join("\n");
}

function fenced(content: readonly PageNode[], language: string): string {
  const code = content.map((node) => (isWords(node) ? node.text : "")).join("");
  const fence = "`".repeat(Math.max(2, longestRun(code)) + 1);
  return `${fence}${language}\n${code}\n${fence}`;
}

function table(content: readonly PageNode[]): string {
  const rows = content.flatMap((row) => (isWords(row) ? [] : [cellsOf(row)]));
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const [first = [], ...rest] = rows;
  // Only the first row must be as wide as the widest: one wide row and many rows would else make millions of cells.
  const head = [...first, ...Array.from({ length: width - first.length }, () => "")];
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rest.map(line)].join("\n");
}

const cellsOf = ({ content = [] }: PageElement): readonly string[] =>
  content.flatMap((cell) =>
    isWords(cell)
      ? []
      : [
          blocksOf(cell.content ?? [])
            .join("<br>")
            .replaceAll("|", "\\|")
            .replaceAll("\n", "<br>"),
        ],
  );

const words = (content: readonly PageNode[]): string =>
  content.map((node) => (isWords(node) ? marked(node) : inline(node))).join("");

function inline({ type, attrs = {} }: PageElement): string {
  if (type === "hardBreak") return "\\\n";
  return type === "mention" ? `@${escaped(String(attrs["label"] ?? ""))}` : "";
}

const SIGNS: Readonly<Record<string, string>> = { bold: "**", italic: "*", strike: "~~" };

/** Signs stand next to the words: with a space between they would be signs no more. */
function marked({ text, marks = [] }: PageWords): string {
  const types = new Set(marks.map(({ type }) => type));
  const core = text.trim();
  if (core === "") return text;
  const [before, after] = [text.slice(0, text.length - text.trimStart().length), text.slice(text.trimEnd().length)];
  const signs = Object.keys(SIGNS)
    .filter((type) => types.has(type))
    .map((type) => SIGNS[type] as string);
  const said = types.has("code") ? inCode(core) : escaped(core);
  const dressed = `${signs.join("")}${said}${signs.toReversed().join("")}`;
  const href = marks.find(({ type }) => type === "link")?.attrs?.["href"];
  return `${before}${href === undefined ? dressed : `[${dressed}](${address(href)})`}${after}`;
}

function inCode(text: string): string {
  const fence = "`".repeat(longestRun(text) + 1);
  const space = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${fence}${space}${text}${space}${fence}`;
}

/** Of backticks. People write what they like, so none of this may take more time or stack than their words have signs. */
function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}

const escaped = (text: string): string => text.replaceAll(/[\\`*_[\]<>~]/g, String.raw`\$&`);

/** What would begin a heading, a list or a quote says only what it says. */
const atStart = (text: string): string =>
  text.replace(/^(#{1,6}(?= )|[-+](?= )|>)/, String.raw`\$1`).replace(/^(\d+)([.)])(?= )/, String.raw`$1\$2`);

const address = (href: string): string => href.replaceAll("(", "%28").replaceAll(")", "%29");
