import { sql, type Kysely } from "kysely";

import type { Phrase } from "#shared/search/query.ts";
import type { Database } from "#server/database/types.ts";
import { queryOf } from "#server/database/text-search.ts";

/** What must hold of a hit, with every name resolved. */
export interface Wanted {
  readonly phrases: readonly Phrase[];
  /** Undefined: anybody. */
  readonly authors: readonly string[] | undefined;
  readonly channels: readonly string[];
  readonly since: number | undefined;
  readonly until: number | undefined;
  /** The last hit of the page before. */
  readonly before: Place | undefined;
}

/** Where a message stands, in the order of the fold. */
export interface Place {
  readonly position: number;
  readonly at: number;
  readonly author: string;
  readonly id: string;
}

export interface Found extends Place {
  readonly channel: string;
  readonly segment: number;
  readonly body: string;
}

/** How many of the newest messages are looked through one by one, before the index of words is asked. */
const WALK = 1_000;
/** Of those, fewer than this may be read: then the index is asked for the channels, too, which is dear else. */
const FEW = 100;

/**
 * The newest messages that fit. What is common stands among the newest, and reading those finds a page of it in a few
 * ms, while the index would name tens of thousands only to sort them. What is not there is rare, and the index names
 * all of it.
 */
export async function findNewest(db: Kysely<Database>, wanted: Wanted, limit: number): Promise<readonly Found[]> {
  if (wanted.phrases.length === 0 && wanted.authors === undefined) return newestInEach(db, wanted, limit);
  const { found, walked, readable } = await walk(db, wanted, limit);
  return found.length === limit || walked < WALK ? found : lookUp(db, wanted, limit, readable < FEW);
}

/** Without words or authors everything fits. */
async function newestInEach(db: Kysely<Database>, wanted: Wanted, limit: number): Promise<readonly Found[]> {
  const { rows } = await sql<Found>`
    select newest.* from unnest(${wanted.channels}::uuid[]) as wanted (channel)
    cross join lateral (
      select ${COLUMNS} from message m where m.channel = wanted.channel and terms is not null and ${inRange(wanted)}
      order by ${NEWEST_FIRST} limit ${limit}) newest
    order by ${NEWEST_FIRST} limit ${limit}`.execute(db);
  return rows;
}

interface Walk {
  readonly found: readonly Found[];
  /** How many messages were looked through, and how many of them may be read. */
  readonly walked: number;
  readonly readable: number;
}

/** Several channels are walked through together with those one may not read: that is bounded, whatever share one may. */
async function walk(db: Kysely<Database>, wanted: Wanted, limit: number): Promise<Walk> {
  const [only, ...others] = wanted.channels;
  const { rows } = await sql<{ walked: number; readable: number } & (Found | { id: null })>`
    with newest as materialized (
      select ${COLUMNS}, terms, channel = any(${wanted.channels}::uuid[]) as readable from message
      where terms is not null and ${inRange(wanted)} and ${others.length === 0 ? sql`channel = ${only}` : sql`true`}
      order by ${NEWEST_FIRST} limit ${WALK}),
    found as (
      select ${COLUMNS} from newest where readable and ${matching(wanted.phrases, wanted.authors)}
      order by ${NEWEST_FIRST} limit ${limit})
    select counted.*, found.*
    from (select count(*) as walked, count(*) filter (where readable) as readable from newest) counted left join found on true
    order by ${NEWEST_FIRST}`.execute(db);
  const { walked = 0, readable = 0 } = rows[0] ?? {};
  return { found: rows.filter((row) => row.id !== null), walked, readable };
}

async function lookUp(
  db: Kysely<Database>,
  wanted: Wanted,
  limit: number,
  isStranger: boolean,
): Promise<readonly Found[]> {
  const { phrases, authors, channels } = wanted;
  const { rows } = await sql<Found>`
    with fitting as materialized (
      select position, at, author, id, channel from message
      where terms is not null and ${matching(phrases, authors, isStranger || channels.length === 1 ? channels : undefined)}
        and ${inRange(wanted)} and ${isReadable(wanted)}),
    newest as (select * from fitting order by ${NEWEST_FIRST} limit ${limit})
    select m.channel, m.segment, m.author, m.id, m.at, m.position, m.body
    from newest n join message m on m.channel = n.channel and m.author = n.author and m.id = n.id
    order by m.position desc, m.at desc, m.author desc, m.id desc`.execute(db);
  return rows;
}

const COLUMNS = sql.raw("channel, segment, author, id, at, position, body");
const NEWEST_FIRST = sql.raw("position desc, at desc, author desc, id desc");

const matching = (phrases: readonly Phrase[], authors: readonly string[] | undefined, channels?: readonly string[]) =>
  sql`terms @@ ${queryOf(phrases, authors, channels)}::tsquery`;

/** `is true` keeps the planner from asking an index of channels, which names every message of them. */
const isReadable = ({ channels }: Wanted) => sql`(channel = any(${channels}::uuid[])) is true`;

const inRange = ({ since, until, before }: Wanted) => {
  const conditions = [
    ...(since === undefined ? [] : [sql`position >= ${since}`]),
    ...(until === undefined ? [] : [sql`position < ${until}`]),
    ...(before === undefined
      ? []
      : [sql`(position, at, author, id) < (${before.position}, ${before.at}, ${before.author}, ${before.id})`]),
  ];
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
};
