import { isSingle, tokenize } from "./tokenize.ts";

/** What somebody looks for: all of it must hold. */
export interface SearchQuery {
  readonly phrases: readonly Phrase[];
  /** Names of authors; one of them must fit. */
  readonly from: readonly string[];
  /** Names or ids of channels; one of them must fit. */
  readonly in: readonly string[];
  /** In ms: sent at or after, and before. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** Words that stand next to each other in this order; most often one alone. */
export interface Phrase {
  readonly words: readonly Word[];
  /** The last word is only the beginning of one. */
  readonly prefix: boolean;
}

interface Word {
  readonly term: string;
  /** How far behind the word before. */
  readonly distance: number;
}

const MAX_PHRASES = 16;
const MAX_WORDS = 32;

const PART = /(?:(from|in|before|after):)?(?:"([^"]*)"?|(\S+))/giu;

/**
 * Reads a search as people type it: words, "phrases", beginnings*, from:name, in:channel, before:2010-05-01, after:2009.
 * `after` begins with the named day, month or year, `before` ends before it; both in UTC. Never fails: what is no
 * filter is a word.
 */
export function parseQuery(text: string): SearchQuery {
  const parts = [...text.normalize("NFC").matchAll(PART)].map(([whole, filter, quoted, bare]) =>
    partOf(whole, filter, quoted, bare),
  );
  const of = <Kind extends Part["kind"]>(kind: Kind) =>
    parts.filter((part): part is Extract<Part, { kind: Kind }> => part.kind === kind);

  return {
    phrases: of("phrase")
      .map(({ phrase }) => phrase)
      .filter(({ words }) => words.length > 0)
      .slice(0, MAX_PHRASES),
    from: of("from").map(({ name }) => name),
    in: of("in").map(({ name }) => name),
    since: of("after").reduce<number | undefined>((latest, { at }) => Math.max(latest ?? at, at), undefined),
    until: of("before").reduce<number | undefined>((earliest, { at }) => Math.min(earliest ?? at, at), undefined),
  };
}

/** Whether there is nothing to look for. */
export const isEmptyQuery = ({ phrases, from, in: channels, since, until }: SearchQuery): boolean =>
  phrases.length + from.length + channels.length === 0 && since === undefined && until === undefined;

type Part =
  | { readonly kind: "phrase"; readonly phrase: Phrase }
  | { readonly kind: "from" | "in"; readonly name: string }
  | { readonly kind: "before" | "after"; readonly at: number };

function partOf(whole: string, filter: string | undefined, quoted: string | undefined, bare: string | undefined): Part {
  const value = quoted ?? bare ?? "";
  const kind = filter?.toLowerCase();

  if (kind === "from" && value !== "") return { kind, name: value.replace(/^@/, "") };
  if (kind === "in" && value !== "") return { kind, name: value.replace(/^#/, "") };
  const at = kind === "before" || kind === "after" ? startOf(value) : undefined;
  if (at !== undefined) return { kind: kind as "before" | "after", at };
  return { kind: "phrase", phrase: phraseOf(filter === undefined ? value : whole) };
}

function phraseOf(text: string): Phrase {
  const tokens = withoutTails(tokenize(text)).slice(0, MAX_WORDS);
  const words = tokens.map(({ term, position }, index) => ({
    term,
    distance: position - (tokens[index - 1]?.position ?? position),
  }));
  const last = words.at(-1);
  return { words, prefix: last !== undefined && (/[\p{L}\p{N}\p{M}]\*$/u.test(text) || isSingle(last.term)) };
}

/** A character that ends a run of an unspaced script is already in the pair before it. */
const withoutTails = (tokens: ReturnType<typeof tokenize>): ReturnType<typeof tokenize> =>
  tokens.filter(({ term, end }, index) => !(isSingle(term) && tokens[index - 1]?.end === end));

const DATE = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/;

/** The first moment of a year, month or day. */
function startOf(text: string): number | undefined {
  const [, year, month = "1", day = "1"] = DATE.exec(text) ?? [];
  if (year === undefined) return undefined;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day) ? date.getTime() : undefined;
}
