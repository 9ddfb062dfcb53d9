import type { Kysely } from "kysely";

import { isUuid, type ChannelId, type EntryId, type MemberId } from "#shared/ids.ts";
import type { Hit } from "#shared/protocol/http/search.ts";
import { isEmptyQuery, type SearchQuery } from "#shared/search/query.ts";
import { readCursor, writeCursor } from "#server/database/cursor.ts";
import type { Database } from "#server/database/types.ts";

import { findNewest, type Found, type Place } from "./find.ts";
import { peopleNamed, readableChannels } from "./readable.ts";
import { snippetOf } from "./snippet.ts";

export interface SearchPage {
  readonly hits: readonly Hit[];
  /** Begins the next page; undefined on the last one. */
  readonly next: string | undefined;
}

const PAGE = 20;

/** What somebody finds in all they may read, and only there, newest first. `cursor` is the `next` of the page before. */
export async function search(
  db: Kysely<Database>,
  person: MemberId,
  query: SearchQuery,
  cursor?: string,
): Promise<SearchPage> {
  if (isEmptyQuery(query)) return NOTHING;
  const [channels, authors] = await Promise.all([
    readableChannels(db, person, query.in),
    query.from.length === 0 ? undefined : peopleNamed(db, query.from),
  ]);
  if (channels.length === 0 || authors?.length === 0) return NOTHING;

  const { phrases, since, until } = query;
  const found = await findNewest(db, { phrases, authors, channels, since, until, before: placeIn(cursor) }, PAGE + 1);
  const shown = found.slice(0, PAGE);
  const last = shown.at(-1);
  return {
    hits: shown.map((one) => hitOf(one, query)),
    next: last !== undefined && found.length > PAGE ? cursorAt(last) : undefined,
  };
}

const NOTHING: SearchPage = { hits: [], next: undefined };

const cursorAt = ({ position, at, author, id }: Place): string =>
  writeCursor([String(position), String(at), author, id]);

/** The first page for whatever we did not write. */
function placeIn(cursor: string | undefined): Place | undefined {
  const [position, at, author, id] = readCursor(cursor, 4) ?? [];
  if (author === undefined || id === undefined || !isUuid(author)) return undefined;
  const place = { position: Number(position), at: Number(at), author, id };
  return Number.isSafeInteger(place.position) && Number.isSafeInteger(place.at) ? place : undefined;
}

const hitOf = ({ channel, segment, author, id, at, body }: Found, { phrases }: SearchQuery): Hit => ({
  channel: channel as ChannelId,
  segment,
  author: author as MemberId,
  id: id as EntryId,
  at,
  snippet: [...snippetOf(body, phrases)],
});
