import type { Phrase } from "#shared/search/query.ts";
import { tokenize } from "#shared/search/tokenize.ts";

/** What a message is found by. */
export interface Findable {
  readonly body: string;
  readonly author: string;
  readonly channel: string;
}

/** PostgreSQL keeps no position beyond this. */
const MAX_POSITION = 16_383;

/** Names of authors and channels stand among the words of a message, and no word holds a slash. */
const authorTerm = (author: string): string => quoted(`a/${author}`);
const channelTerm = (channel: string): string => quoted(`c/${channel}`);

/** The text of a `tsvector`, made by our own tokenizer: PostgreSQL's parsers find no Japanese, and its dictionaries stem. */
export const termsOf = ({ body, author, channel }: Findable): string =>
  [authorTerm(author), channelTerm(channel), wordTerms(body)].join(" ");

/** The part of it that are the words of a text. */
export function wordTerms(body: string): string {
  const positionsByTerm = new Map<string, number[]>();
  for (const { term, position } of tokenize(body)) {
    const positions = positionsByTerm.get(term) ?? [];
    positionsByTerm.set(term, positions);
    positions.push(Math.min(position, MAX_POSITION));
  }
  const words = [...positionsByTerm].map(([term, positions]) => `${quoted(term)}:${positions.join()}`);
  return words.join(" ");
}

/** The text of a `tsquery` that holds where all phrases stand, by one of the authors, in one of the channels. */
export function queryOf(
  phrases: readonly Phrase[],
  authors: readonly string[] | undefined,
  channels: readonly string[] | undefined,
): string {
  const names = [authors?.map(authorTerm), channels?.map(channelTerm)].filter((terms) => terms !== undefined);
  return [...phrases.map(phraseText), ...names.map(anyOf)].join(" & ");
}

const phraseText = ({ words, prefix }: Phrase): string =>
  `(${words.map(({ term, distance }, index) => operator(distance) + quoted(term) + (prefix && index === words.length - 1 ? ":*" : "")).join(" ")})`;

const operator = (distance: number): string => (distance === 0 ? "" : `<${distance}> `);

const anyOf = (terms: readonly string[]): string => `(${terms.join(" | ")})`;

const quoted = (term: string): string => `'${term.replaceAll("'", "''").replaceAll("\\", "\\\\")}'`;
