import { isAttribute, isMark, isMarkName, isPageNode, MAX_DEPTH, mayHold } from "#shared/pages/schema.ts";

import type { PageContent } from "./page-update.ts";
import { RUN, type Seat } from "./page-view.ts";

/** What is wrong with something at its place; nothing, where it may lie there. It can be said of each struct by itself. */
export function checkContent(content: PageContent, { within, sub }: Seat): string | undefined {
  if (content.kind === "deleted") return undefined;
  if (sub !== undefined) return checkAttribute(content, within.name, sub);
  if (within.depth > MAX_DEPTH) return "nested too deeply";
  if (within.name === RUN) return checkWords(content);
  if (content.kind === "run") return mayHold(within.name, "text") ? undefined : `words in ${within.name}`;
  if (content.kind !== "element") return `${content.kind} in ${within.name}`;
  return isPageNode(content.name) && mayHold(within.name, content.name)
    ? undefined
    : `${content.name.slice(0, 32)} in ${within.name}`;
}

const checkAttribute = (content: PageContent, name: string, sub: string): string | undefined =>
  content.kind === "value" && isAttribute(name, sub, content.value)
    ? undefined
    : `attribute ${sub.slice(0, 32)} of ${name}`;

function checkWords(content: PageContent): string | undefined {
  if (content.kind === "text") return content.text.includes("\0") ? "NUL" : undefined;
  if (content.kind !== "format") return `${content.kind} among words`;
  const ends = content.value === null && isMarkName(content.key);
  return ends || isMark(content.key, content.value) ? undefined : `mark ${content.key.slice(0, 32)}`;
}
