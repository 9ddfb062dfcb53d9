import { sql, type Kysely, type RawBuilder } from "kysely";

import { keyOfRef } from "#shared/entries/kind.ts";
import type { PlacedEntry } from "#shared/entries/fold.ts";
import type { Row } from "#shared/entries/row.ts";
import { inOneGo } from "#server/database/in-one-go.ts";
import type { Database } from "#server/database/types.ts";
import { termsOf } from "#server/database/text-search.ts";

import { listOf, ofPeople, type Name } from "./entries.ts";
import type { Deed } from "./figures.ts";

/**
 * Makes the rows of these names what the fold says now; a name without a row has none afterwards. `given` says when
 * reactions were given. Answers what was done by them.
 */
export async function replaceMessages(
  trx: Kysely<Database>,
  channel: string,
  names: readonly Name[],
  rows: readonly Row[],
  given: ReadonlyMap<string, number>,
): Promise<readonly Deed[]> {
  const votes = votesIn(rows, given);
  const shown = new Set(rows.map(({ key }) => key));
  const people = ofPeople(names);
  const unshown = people.filter(({ author, id }) => !shown.has(`${author} ${id}`));

  await inOneGo(trx, [
    ...deleteMessages(channel, unshown),
    ...upsertMessages(channel, rows),
    ...replaceMentions(channel, people, rows),
    ...replaceReactions(channel, people, votes),
  ]);
  return [
    ...rows.filter(({ kind }) => kind === "message").map(({ author: person, at, re }) => ({ person, at, re })),
    ...votes.map(({ member: person, at }) => ({ person, at })),
  ];
}

type Statements = readonly RawBuilder<unknown>[];

const deleteMessages = (channel: string, names: readonly Name[]): Statements =>
  names.length === 0
    ? []
    : [
        sql`delete from message m using ${listOf(names)}
          where m.channel = ${channel} and m.author = named.author and m.id = named.id`,
      ];

/** A row that stays as it was is not written, since an index of words is dear to change. */
function upsertMessages(channel: string, rows: readonly Row[]): Statements {
  if (rows.length === 0) return [];
  return [
    sql`
    insert into message (
      channel, author, id, segment, kind, at, position, body, re_author, re_id, mentions, edited, hidden_by, hidden_reason, received, terms)
    select ${channel}, author, id, segment, kind, at, position, body, re_author, re_id, mentions::uuid[], edited, hidden_by, hidden_reason,
      received, terms::tsvector
    from unnest(
      ${rows.map(({ author }) => author)}::uuid[], ${rows.map(({ id }) => id)}::text[], ${rows.map(({ segment }) => segment)}::integer[],
      ${rows.map(({ kind }) => kind)}::text[], ${rows.map(({ at }) => at)}::bigint[], ${rows.map(({ position }) => position)}::bigint[],
      ${rows.map(({ body }) => body)}::text[], ${rows.map(({ re }) => re?.author ?? null)}::uuid[], ${rows.map(({ re }) => re?.id ?? null)}::text[],
      ${rows.map(({ mentions }) => `{${mentions.join()}}`)}::text[], ${rows.map(({ edited }) => edited ?? null)}::bigint[],
      ${rows.map(({ hidden }) => hidden?.by ?? null)}::uuid[], ${rows.map(({ hidden }) => hidden?.reason ?? null)}::text[],
      ${rows.map(({ received }) => received ?? null)}::bigint[], ${rows.map((row) => searchable(channel, row))}::text[])
      as fresh (author, id, segment, kind, at, position, body, re_author, re_id, mentions, edited, hidden_by, hidden_reason, received, terms)
    on conflict (channel, author, id) do update set
      segment = excluded.segment, kind = excluded.kind, at = excluded.at, position = excluded.position, body = excluded.body,
      re_author = excluded.re_author, re_id = excluded.re_id, mentions = excluded.mentions, edited = excluded.edited,
      hidden_by = excluded.hidden_by, hidden_reason = excluded.hidden_reason, received = excluded.received, terms = excluded.terms
    where message is distinct from excluded`,
  ];
}

const searchable = (channel: string, { kind, hidden, body, author }: Row): string | null =>
  kind === "message" && hidden === undefined ? termsOf({ body, author, channel }) : null;

function replaceMentions(channel: string, people: readonly Name[], rows: readonly Row[]): Statements {
  const mentions = rows
    .filter(({ hidden }) => hidden === undefined)
    .flatMap(({ author, id, position, mentions: members }) =>
      [...new Set(members)].map((member) => ({ member, author, id, position })),
    );
  const before = sql`delete from mention m using ${listOf(people)}
    where m.channel = ${channel} and m.author = named.author and m.id = named.id`;
  const now = sql`insert into mention (channel, member, author, id, position)
    select ${channel}, * from unnest(
      ${mentions.map(({ member }) => member)}::uuid[], ${mentions.map(({ author }) => author)}::uuid[],
      ${mentions.map(({ id }) => id)}::text[], ${mentions.map(({ position }) => position)}::bigint[])`;
  return mentions.length === 0 ? [before] : [before, now];
}

/** When each reaction was last given, by what it is, to what, from whom. */
export function givenAt(entries: readonly PlacedEntry[]): ReadonlyMap<string, number> {
  const given = new Map<string, number>();
  for (const { author, entry } of entries) {
    if (entry.kind !== "reaction" || !entry.on) continue;
    const vote = voteOf(keyOfRef(entry.of), entry.key, author);
    given.set(vote, Math.max(entry.at, given.get(vote) ?? 0));
  }
  return given;
}

const voteOf = (message: string, key: string, member: string): string => JSON.stringify([message, key, member]);

interface Vote extends Name {
  readonly key: string;
  readonly member: string;
  readonly at: number;
}

const votesIn = (rows: readonly Row[], given: ReadonlyMap<string, number>): readonly Vote[] =>
  rows.flatMap(({ key: message, author, id, reactions }) =>
    reactions.flatMap(({ key, by }) =>
      by.map((member) => ({ author, id, key, member, at: given.get(voteOf(message, key, member)) ?? 0 })),
    ),
  );

function replaceReactions(channel: string, people: readonly Name[], votes: readonly Vote[]): Statements {
  const before = sql`delete from reaction r using ${listOf(people)}
    where r.channel = ${channel} and r.of_author = named.author and r.of_id = named.id`;
  const now = sql`insert into reaction (channel, of_author, of_id, key, member, at)
    select ${channel}, * from unnest(
      ${votes.map(({ author }) => author)}::uuid[], ${votes.map(({ id }) => id)}::text[],
      ${votes.map(({ key }) => key)}::text[], ${votes.map(({ member }) => member)}::uuid[],
      ${votes.map(({ at }) => at)}::bigint[])`;
  return votes.length === 0 ? [before] : [before, now];
}
