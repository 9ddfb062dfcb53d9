/** What may be markup: marks of emphasis and code, links and addresses, entities and escapes, and what begins a block. */
const MARKUP = [
  /[*`[\]\\<]|~~/,
  /(?:^|[^\p{L}\p{N}_])_|_(?:$|[^\p{L}\p{N}_])/mu,
  /:\/\/|www\.|[^\s@]@[^\s@]+\./i,
  /mailto:|xmpp:/i,
  /&[#\w]+;/,
  /^\s*(?:>|#{1,6}(?:\s|$)|[-+](?:\s|$)|\d{1,9}[.)](?:\s|$)|[-_=]{2,})/m,
  /^[\s|:-]*-[\s|:-]*$/m,
];

/** Whether a message means nothing but its words, as most do: then nobody has to parse it. */
export const isPlain = (body: string): boolean => !MARKUP.some((mark) => mark.test(body));

/** The paragraphs of a plain message, each with its lines. */
export const paragraphsOf = (body: string): readonly string[] =>
  body
    .trim()
    .split(/\n[^\S\n]*(?:\n[^\S\n]*)+/)
    .map((paragraph) => paragraph.replaceAll(/^[^\S\n]+|[^\S\n]+$/gm, ""))
    .filter((paragraph) => paragraph !== "");

/** A message in one line without its marks, for a quotation: what it says, roughly as it will be shown. */
export const quotation = (body: string): string =>
  body
    .replaceAll(/^\s*(?:```\w*|[>#]+\s|[-+*]\s)/gm, " ")
    .replaceAll(/\[([^\]]+)\]\([^)\s]*\)/g, "$1")
    .replaceAll(/(\*\*|~~|`+|\*)(?=\S)([^\n]*?\S)\1/g, "$2")
    .replaceAll(/\s+/g, " ")
    .trim();
