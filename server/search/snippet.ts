import type { Phrase } from "#shared/search/query.ts";
import { tokenize, type Token } from "#shared/search/tokenize.ts";

/** A piece of a text; `mark` where it is what was looked for. */
export interface Piece {
  readonly text: string;
  readonly mark: boolean;
}

const LENGTH = 240;
/** How much is shown before the first mark. */
const LEAD = 60;

/** The part of a message around what was looked for, in pieces. */
export function snippetOf(body: string, phrases: readonly Phrase[]): readonly Piece[] {
  const marks = joined(marksIn(tokenize(body), phrases));
  const { start, end } = windowOf(body, marks[0]?.start ?? 0);
  const pieces: Piece[] = [];
  let at = start;

  const add = (text: string, mark: boolean) => text !== "" && pieces.push({ text, mark });
  for (const mark of marks.filter((range) => range.start >= start && range.end <= end)) {
    add(body.slice(at, mark.start), false);
    add(body.slice(mark.start, mark.end), true);
    at = mark.end;
  }
  add(body.slice(at, end), false);
  return framed(pieces, start > 0, end < body.length);
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function marksIn(tokens: readonly Token[], phrases: readonly Phrase[]): readonly Range[] {
  const byPosition = new Map(tokens.map((token) => [token.position, token]));
  const ranges = phrases.flatMap((phrase) => tokens.flatMap((token) => rangeAt(token, phrase, byPosition)));
  return ranges.toSorted((a, b) => a.start - b.start);
}

/** Where a phrase stands that begins with this token; nothing where it does not. */
function rangeAt(first: Token, { words, prefix }: Phrase, byPosition: ReadonlyMap<number, Token>): readonly Range[] {
  let position = first.position;
  let end = first.end;
  for (const [index, { term, distance }] of words.entries()) {
    position += distance;
    const token = byPosition.get(position);
    const fits = prefix && index === words.length - 1 ? token?.term.startsWith(term) : token?.term === term;
    if (token === undefined || fits !== true) return [];
    end = token.end;
  }
  return [{ start: first.start, end }];
}

function joined(ranges: readonly Range[]): readonly Range[] {
  const result: Range[] = [];
  for (const range of ranges) {
    const last = result.at(-1);
    if (last !== undefined && range.start <= last.end)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    else result.push(range);
  }
  return result;
}

/** Begins and ends at a space where there is one nearby, and never within a character. */
function windowOf(body: string, firstMark: number): Range {
  if (body.length <= LENGTH) return { start: 0, end: body.length };
  const wanted = Math.max(0, firstMark - LEAD);
  const space = body.indexOf(" ", wanted);
  const start = wanted === 0 ? 0 : space >= 0 && space < firstMark ? space + 1 : whole(body, wanted);
  return { start, end: whole(body, Math.min(body.length, start + LENGTH)) };
}

/** A place between two UTF-16 units that is not the middle of a character. */
const whole = (text: string, at: number): number => (/[\udc00-\udfff]/.test(text[at] ?? "") ? at - 1 : at);

const ELLIPSIS: Piece = { text: "…", mark: false };

const framed = (pieces: readonly Piece[], before: boolean, after: boolean): readonly Piece[] => [
  ...(before ? [ELLIPSIS] : []),
  ...pieces,
  ...(after ? [ELLIPSIS] : []),
];
