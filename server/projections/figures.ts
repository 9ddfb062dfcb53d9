import { sql, type Kysely, type RawBuilder } from "kysely";

import type { Author } from "#shared/documents/names.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import { inOneGo } from "#server/database/in-one-go.ts";
import { SLOT, SLOTS_A_DAY } from "#server/database/slots.ts";
import type { Database } from "#server/database/types.ts";

import { listOf, ofPeople, type Name } from "./entries.ts";

/** Something that somebody did: when, and what it answers. */
export interface Deed {
  readonly person: string;
  readonly at: number;
  readonly re?: Name | undefined;
}

/**
 * Changes these messages, and counts anew whatever that can have touched: what was done before, and what `change` says
 * was done after it. Nothing is added to what stood there: figures are counted from the rows, so that repeating it
 * changes nothing.
 */
export async function recounting(
  trx: Kysely<Database>,
  channel: string,
  names: readonly Name[],
  change: () => Promise<readonly Deed[]>,
): Promise<void> {
  const before = await deedsAt(trx, channel, ofPeople(names));
  await recount(trx, channel, names, [...before, ...(await change())]);
}

/** What the tables hold of these messages now: the messages themselves and the reactions to them. */
async function deedsAt(trx: Kysely<Database>, channel: string, names: readonly Name[]): Promise<readonly Deed[]> {
  if (names.length === 0) return [];
  const { rows } = await sql<{
    person: string;
    at: number;
    re_author: Author | null;
    re_id: string | null;
  }>`/* kept: deeds-before */ with named as (select * from ${listOf(names)})
    select m.author as person, m.at, m.re_author, m.re_id from message m
    join named on m.author = named.author and m.id = named.id
    where m.channel = ${channel} and m.kind = 'message'
    union all
    select r.member, r.at, null, null from reaction r
    join named on r.of_author = named.author and r.of_id = named.id
    where r.channel = ${channel}`.execute(trx);
  return rows.map(({ person, at, re_author: author, re_id: id }) =>
    author === null || id === null ? { person, at } : { person, at, re: { author, id } },
  );
}

/** Counts what these deeds have touched, and what these messages called forth. */
export async function recount(
  trx: Kysely<Database>,
  channel: string,
  names: readonly Name[],
  deeds: readonly Deed[],
): Promise<void> {
  const quarters = distinct(
    deeds.map(({ person, at }) => ({ person, unit: Math.floor(at / SLOT) })),
    quarterKey,
  );
  const days = distinct(
    quarters.map(({ person, unit }) => ({ person, unit: Math.floor(unit / SLOTS_A_DAY) })),
    quarterKey,
  );
  const answered = deeds.flatMap(({ re }) => re ?? []);
  const resounding = distinct([...ofPeople(names), ...answered], nameKey);
  await inOneGo(trx, [
    ...(quarters.length > 0 ? [countQuarters(channel, quarters), sumUpDays(channel, days)] : []),
    ...(resounding.length > 0 ? [countResonance(channel, resounding)] : []),
  ]);
}

/** Somebody in one quarter of an hour, or on one day. */
interface Stretch {
  readonly person: string;
  readonly unit: number;
}

const quarterKey = ({ person, unit }: Stretch): string => `${person} ${unit}`;
const nameKey = ({ author, id }: Name): string => `${author} ${id}`;
const distinct = <Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] => [
  ...new Map(items.map((item) => [keyOf(item), item])).values(),
];

const countQuarters = (
  channel: string,
  touched: readonly Stretch[],
): RawBuilder<unknown> => sql`/* kept: count-quarters */ with counted as (
      select person, slot, said.messages, said.replies, given.reactions
      from ${stretches(touched)} as touched (person, slot)
      cross join lateral (
        select count(*) as messages, count(m.re_id) as replies from message m
        where m.channel = ${channel} and m.author = person and m.kind = 'message'
          and m.at >= slot * ${SLOT}::bigint and m.at < (slot + 1) * ${SLOT}::bigint) as said
      cross join lateral (
        select count(*) as reactions from reaction r
        where r.channel = ${channel} and r.member = person
          and r.at >= slot * ${SLOT}::bigint and r.at < (slot + 1) * ${SLOT}::bigint) as given),
    gone as (
      delete from activity a using counted c
      where a.channel = ${channel} and a.person = c.person and a.slot = c.slot and c.messages + c.reactions = 0)
    insert into activity (channel, person, slot, messages, replies, reactions)
    select ${channel}, person, slot, messages, replies, reactions from counted where messages + reactions > 0
    on conflict (channel, person, slot) do update
      set messages = excluded.messages, replies = excluded.replies, reactions = excluded.reactions
      where activity is distinct from excluded`;

const sumUpDays = (
  channel: string,
  touched: readonly Stretch[],
): RawBuilder<unknown> => sql`/* kept: sum-up-days */ with summed as (
      select touched.person, touched.day, sum.* from ${stretches(touched)} as touched (person, day)
      cross join lateral (
        select coalesce(sum(a.messages), 0) as messages, coalesce(sum(a.replies), 0) as replies,
          coalesce(sum(a.reactions), 0) as reactions
        from activity a
        where a.channel = ${channel} and a.person = touched.person
          and a.slot >= day * ${SLOTS_A_DAY}::bigint and a.slot < (day + 1) * ${SLOTS_A_DAY}::bigint) as sum),
    gone as (
      delete from activity_day d using summed s
      where d.channel = ${channel} and d.person = s.person and d.day = s.day and s.messages + s.reactions = 0)
    insert into activity_day (channel, person, day, messages, replies, reactions)
    select ${channel}, person, day, messages, replies, reactions from summed where messages + reactions > 0
    on conflict (channel, person, day) do update
      set messages = excluded.messages, replies = excluded.replies, reactions = excluded.reactions
      where activity_day is distinct from excluded`;

const countResonance = (
  channel: string,
  touched: readonly Name[],
): RawBuilder<unknown> => sql`/* kept: count-resonance */ with counted as (
      select named.author, named.id, m.at, answers.replies, given.reactions, answers.first,
        m.id is not null and answers.replies + given.reactions > 0 as stands
      from ${listOf(touched)}
      left join message m on m.channel = ${channel} and m.author = named.author and m.id = named.id and m.kind = 'message'
      cross join lateral (
        select count(*) as replies, min(greatest(a.at - m.at, 0)) filter (where a.author <> m.author) as first
        from message a
        where a.channel = ${channel} and a.re_author = m.author and a.re_id = m.id and a.kind = 'message') as answers
      cross join lateral (
        select count(*) as reactions from reaction r
        where r.channel = ${channel} and r.of_author = m.author and r.of_id = m.id) as given),
    gone as (
      delete from resonance r using counted c
      where r.channel = ${channel} and r.author = c.author and r.id = c.id and not c.stands)
    insert into resonance (channel, author, id, at, replies, reactions, first_reply)
    select ${channel}, author, id, at, replies, reactions, first from counted where stands
    on conflict (channel, author, id) do update set
      at = excluded.at, replies = excluded.replies, reactions = excluded.reactions, first_reply = excluded.first_reply
    where resonance is distinct from excluded`;

/** Keeps what moderators did. It goes when its entry goes. */
export async function rememberActs(
  trx: Kysely<Database>,
  channel: string,
  added: readonly { readonly author: Author; readonly entry: Entry }[],
): Promise<void> {
  const acts = added.flatMap(({ author, entry }) =>
    entry.kind === "hide" || entry.kind === "restore" ? [{ author, ...entry }] : [],
  );
  if (acts.length === 0) return;
  await sql`
    insert into moderation_act (channel, author, id, kind, at, of_author, of_id)
    select ${channel}, fresh.* from unnest(
      ${acts.map(({ author }) => author)}::text[], ${acts.map(({ id }) => id)}::text[], ${acts.map(({ kind }) => kind)}::text[],
      ${acts.map(({ at }) => at)}::bigint[], ${acts.map(({ of }) => of.author)}::uuid[], ${acts.map(({ of }) => of.id)}::text[])
      as fresh (author, id, kind, at, of_author, of_id)
    where exists (select from entry e where e.channel = ${channel} and e.author = fresh.author and e.id = fresh.id)
    on conflict do nothing`.execute(trx);
}

const stretches = (list: readonly Stretch[]) =>
  sql`unnest(${list.map(({ person }) => person)}::uuid[], ${list.map(({ unit }) => unit)}::bigint[])`;
