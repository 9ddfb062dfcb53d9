import { sql, type Kysely } from "kysely";

import { isLater } from "#shared/entries/fold.ts";
import { kindOf } from "#shared/entries/kinds.ts";
import type { Row } from "#shared/entries/row.ts";
import { termsOf } from "#server/database/text-search.ts";
import type { Database } from "#server/database/types.ts";
import { documentsBehind } from "#server/projections/behind.ts";
import { projectDocument } from "#server/projections/run.ts";

import { findMiscounted } from "./figures-checker.ts";
import { foldOf, readTold, type Told } from "./told.ts";
import { unlike, type Line } from "./unlike.ts";

/**
 * Projects all that is not projected yet, as the worker does, and compares every row of every projection with what the
 * documents say. Answers what is wrong, in words. Call it when nothing is being written.
 */
export async function findMisprojected(db: Kysely<Database>): Promise<readonly string[]> {
  for (const name of await documentsBehind(db, 100_000)) await projectDocument(db, name);
  const behind = await documentsBehind(db, 1);
  const told = await readTold(db);
  const talk = told.filter(({ kind }) => kind === "channel" || kind === "dm");
  const shown = shownIn(talk);

  return [
    ...behind.map((name) => `${name} is not projected to its end`),
    ...unlike("entry", talk.map(entryRow), await rowsOf(db, entries)),
    ...unlike("entry_about", talk.flatMap(aboutRows), await rowsOf(db, abouts)),
    ...unlike("message", await messageRows(db, shown), await rowsOf(db, messages)),
    ...unlike("reaction", shown.flatMap(reactionRows), await rowsOf(db, reactions)),
    ...unlike("mention", shown.flatMap(mentionRows), await rowsOf(db, mentions)),
    ...unlike("marker", markerRows(told), await rowsOf(db, markers)),
    ...(await findMiscountedAnywhere(db, told)),
  ];
}

async function findMiscountedAnywhere(db: Kysely<Database>, told: readonly Told[]): Promise<readonly string[]> {
  const channels = new Set(told.filter(({ kind }) => kind === "channel").map(({ channel }) => channel));
  return (await Promise.all([...channels].map((channel) => findMiscounted(db, channel)))).flat();
}

const rowsOf = async (db: Kysely<Database>, query: ReturnType<typeof sql<Line>>): Promise<readonly Line[]> =>
  (await query.execute(db)).rows;

const entries = sql<Line>`select channel, author, id, segment, value, document, client_id, clock from entry`;
const entryRow = ({ channel, author, entry, segment, document, client, clock }: Told): Line => ({
  channel,
  author,
  id: entry.id,
  segment,
  value: entry,
  document,
  client_id: client,
  clock,
});

const abouts = sql<Line>`select channel, of_author, of_id, author, id from entry_about`;
const aboutRows = ({ channel, author, entry }: Told): readonly Line[] => {
  const names = new Map((kindOf(entry).targets?.(entry) ?? []).map((of) => [`${of.author} ${of.id}`, of]));
  return [...names.values()].map((of) => ({ channel, of_author: of.author, of_id: of.id, author, id: entry.id }));
};

/** A line of a timeline, and whose timeline it is. */
interface Shown {
  readonly channel: string;
  readonly row: Row;
}

const shownIn = (talk: readonly Told[]): readonly Shown[] =>
  [...Map.groupBy(talk, ({ channel }) => channel)].flatMap(([channel, told]) =>
    foldOf(told)
      .rows()
      .filter(({ kind }) => kind !== "notice")
      .map((row) => ({ channel, row })),
  );

const messages = sql<Line>`
  select channel, author, id, segment, kind, at, position, body, re_author, re_id, mentions, edited, hidden_by, hidden_reason, received,
    terms::text as terms
  from message`;

async function messageRows(db: Kysely<Database>, shown: readonly Shown[]): Promise<readonly Line[]> {
  const terms = await asKept(
    db,
    shown.map(({ channel, row }) =>
      row.kind === "message" && row.hidden === undefined
        ? termsOf({ body: row.body, author: row.author, channel })
        : null,
    ),
  );
  return shown.map(({ channel, row }, index) => ({
    channel,
    author: row.author,
    id: row.id,
    segment: row.segment,
    kind: row.kind,
    at: row.at,
    position: row.position,
    body: row.body,
    re_author: row.re?.author ?? null,
    re_id: row.re?.id ?? null,
    mentions: row.mentions,
    edited: row.edited ?? null,
    hidden_by: row.hidden?.by ?? null,
    hidden_reason: row.hidden?.reason ?? null,
    received: row.received ?? null,
    terms: terms[index],
  }));
}

/** The same words in PostgreSQL's order. */
async function asKept(db: Kysely<Database>, terms: readonly (string | null)[]): Promise<readonly (string | null)[]> {
  const { rows } = await sql<{ kept: string | null }>`
    select given.terms::tsvector::text as kept from unnest(${terms}::text[]) with ordinality as given (terms, place) order by place`.execute(
    db,
  );
  return rows.map(({ kept }) => kept);
}

const reactions = sql<Line>`select channel, of_author, of_id, key, member from reaction`;
const reactionRows = ({ channel, row }: Shown): readonly Line[] =>
  row.reactions.flatMap(({ key, by }) =>
    by.map((member) => ({ channel, of_author: row.author, of_id: row.id, key, member })),
  );

const mentions = sql<Line>`select member, channel, author, id, position from mention`;
const mentionRows = ({ channel, row: { author, id, position, hidden, mentions: members } }: Shown): readonly Line[] =>
  hidden === undefined ? [...new Set(members)].map((member) => ({ member, channel, author, id, position })) : [];

const markers = sql<Line>`select person, channel, read, at, id from marker`;
function markerRows(told: readonly Told[]): readonly Line[] {
  const own = told.filter(({ kind, author, channel }) => kind === "user" && author === channel);
  const standing = own.filter((one) => !own.some((other) => isSameMarker(one, other) && isLater(other, one)));
  return standing.flatMap(({ author, entry }) =>
    entry.kind === "marker"
      ? [{ person: author, channel: entry.channel, read: entry.read, at: entry.at, id: entry.id }]
      : [],
  );
}

const isSameMarker = (a: Told, b: Told): boolean =>
  a.author === b.author &&
  a.entry.kind === "marker" &&
  b.entry.kind === "marker" &&
  a.entry.channel === b.entry.channel;
