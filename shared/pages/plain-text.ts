import { isWords, type PageBody, type PageNode } from "./body.ts";

/** The words of a page, a block a line: what it is found by. */
export const plainText = ({ content }: PageBody): string =>
  content
    .map(textOf)
    .filter((text) => text !== "")
    .join("\n");

function textOf(node: PageNode): string {
  if (isWords(node)) return node.text;
  if (node.type === "mention") return `@${String(node.attrs?.["label"] ?? "")}`;
  if (node.type === "hardBreak") return "\n";
  if (node.type === "image") return String(node.attrs?.["alt"] ?? "");
  const isLine = node.content?.some(
    (child) => isWords(child) || child.type === "mention" || child.type === "hardBreak",
  );
  return (node.content ?? []).map(textOf).join(isLine === true ? "" : "\n");
}
