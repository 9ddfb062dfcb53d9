import { parseQuery } from "#shared/search/query.ts";

/** The filters of the search syntax, in the order in which they are offered. */
export const filters = ["from", "in", "before", "after"] as const;
export type Filter = (typeof filters)[number];

export interface Term {
  readonly filter: Filter;
  readonly value: string;
}

const TERM = /(?:^|\s)(from|in|before|after):(?:"([^"]*)"?|(\S+))/giu;

/** The filters in a query, in the order of the query. What gives no date where one belongs is a word like others. */
export const termsOf = (query: string): readonly Term[] => writtenIn(query).filter(isFilter);

/** Whether a date is given in a way that nobody understands. */
export const isMisdated = (query: string): boolean => !writtenIn(query).every(isFilter);

const isFilter = ({ filter, value }: Term): boolean =>
  filter === "from" || filter === "in" || parseQuery(`after:"${value}"`).since !== undefined;

const writtenIn = (query: string): readonly Term[] =>
  [...query.matchAll(TERM)].map(([, filter = "", quoted, bare]) => ({
    filter: filter.toLowerCase() as Filter,
    value: quoted ?? bare ?? "",
  }));

/** The query with a filter; of dates there is only one each, of people and channels there may be several. */
export function withTerm(query: string, { filter, value }: Term): string {
  const rest = filter === "before" || filter === "after" ? withoutFilter(query, filter) : query;
  return `${rest} ${written({ filter, value })}`.trim();
}

export const withoutTerm = (query: string, gone: Term): string =>
  without(query, ({ filter, value }) => filter === gone.filter && value === gone.value);

const withoutFilter = (query: string, gone: Filter): string => without(query, ({ filter }) => filter === gone);

const without = (query: string, isGone: (term: Term) => boolean): string =>
  query
    .replaceAll(TERM, (whole: string) => (writtenIn(whole).some(isGone) ? "" : whole))
    .replaceAll(/\s+/gu, " ")
    .trim();

/** Names with spaces are written in quotation marks. */
const written = ({ filter, value }: Term): string =>
  /[\s"]/u.test(value) ? `${filter}:"${value.replaceAll('"', "")}"` : `${filter}:${value}`;
