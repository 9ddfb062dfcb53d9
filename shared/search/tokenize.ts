/** A word of a text, as it can be found: where it stands among the others, and where in the text. */
export interface Token {
  readonly term: string;
  /** The n-th word, from 1. Neighbours differ by 1. */
  readonly position: number;
  /** In UTF-16 units of the text as given. */
  readonly start: number;
  readonly end: number;
}

/** Longer words are found by their beginning. */
const MAX_TERM = 64;

const WORD = /[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu;

/** Scripts that put no space between words: there every pair of neighbouring characters is a word. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]/u;

/**
 * The words of a text: lower-cased, in one Unicode form, apostrophes left out. The server's index, its queries and the
 * client's index use this and nothing else, or they would not find each other's words.
 */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    for (const run of runsOf(word)) tokens.push(...tokensOf(run.text, index + run.start, tokens.length, run.unspaced));
  }
  return tokens;
}

const normalized = (text: string): string => text.normalize("NFKC").toLowerCase().replaceAll(/['’]/g, "");

interface Run {
  readonly text: string;
  readonly start: number;
  readonly unspaced: boolean;
}

/** Cuts a word where the script changes between spaced and unspaced. */
function runsOf(word: string): readonly Run[] {
  if (!UNSPACED.test(word)) return [{ text: word, start: 0, unspaced: false }];
  const runs: Run[] = [];
  let start = 0;
  for (const character of word) {
    const unspaced = UNSPACED.test(character) || (runs.at(-1)?.unspaced === true && /\p{M}/u.test(character));
    const last = runs.at(-1);
    if (last?.unspaced === unspaced) runs[runs.length - 1] = { ...last, text: last.text + character };
    else runs.push({ text: character, start, unspaced });
    start += character.length;
  }
  return runs;
}

function tokensOf(text: string, start: number, before: number, unspaced: boolean): readonly Token[] {
  if (unspaced) return pairsOf(text, start, before);
  const term = cut(normalized(text));
  return term === "" ? [] : [{ term, position: before + 1, start, end: start + text.length }];
}

/** Every two neighbours, and the last character alone, so that a single one can be looked for as the beginning of a word. */
function pairsOf(text: string, start: number, before: number): readonly Token[] {
  const characters = [...text];
  let at = start;
  return characters.map((character, index) => {
    const pair = character + (characters[index + 1] ?? "");
    const token = { term: cut(normalized(pair)), position: before + index + 1, start: at, end: at + pair.length };
    at += character.length;
    return token;
  });
}

const cut = (term: string): string => [...term].slice(0, MAX_TERM).join("");

/** Whether a term is a character of an unspaced script that stands for every word it begins. */
export const isSingle = (term: string): boolean => UNSPACED.test(term) && [...term].length === 1;
