import { sql, type Kysely } from "kysely";

import type { Author } from "#shared/documents/names.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import type { Database } from "#server/database/types.ts";

import type { Name } from "./entries.ts";

/** Quarters of an hour: of these the days of every zone can be made. */
export const SLOT = 900_000;
export const SLOTS_A_DAY = 96;

/** Something that somebody did: when, and what it answers. */
interface Deed {
  readonly person: string;
  readonly slot: number;
  readonly re_author: string | null;
  readonly re_id: string | null;
}

/**
 * Changes these messages, and counts anew whatever that can have touched. Nothing is added to what stood there: figures
 * are counted from the rows, so that repeating it changes nothing.
 */
export async function recounting(
  trx: Kysely<Database>,
  channel: string,
  names: readonly Name[],
  change: () => Promise<void>,
): Promise<void> {
  const before = await deedsAt(trx, channel, names);
  await change();
  await recount(trx, channel, names, [...before, ...(await deedsAt(trx, channel, names))]);
}

/** What the tables hold of these messages now: the messages themselves and the reactions to them. */
async function deedsAt(trx: Kysely<Database>, channel: string, names: readonly Name[]): Promise<readonly Deed[]> {
  const people = ofPeople(names);
  if (people.length === 0) return [];
  const { rows } = await sql<Deed>`
    with named as (select * from ${listOf(people)})
    select m.author as person, m.at / ${SLOT}::bigint as slot, m.re_author, m.re_id from message m
    join named on m.author = named.author and m.id = named.id
    where m.channel = ${channel} and m.kind = 'message'
    union all
    select r.member, r.at / ${SLOT}::bigint, null, null from reaction r
    join named on r.of_author = named.author and r.of_id = named.id
    where r.channel = ${channel}`.execute(trx);
  return rows;
}

/** Counts what these deeds have touched, and what these messages called forth. */
export async function recount(
  trx: Kysely<Database>,
  channel: string,
  names: readonly Name[],
  deeds: readonly Deed[],
): Promise<void> {
  const answered = deeds.flatMap(({ re_author: author, re_id: id }) =>
    author === null || id === null ? [] : [{ author: author as Author, id }],
  );
  await recountActivity(trx, channel, deeds);
  await recountResonance(trx, channel, [...ofPeople(names), ...answered]);
}

async function recountActivity(trx: Kysely<Database>, channel: string, deeds: readonly Deed[]): Promise<void> {
  const touched = [...new Map(deeds.map(({ person, slot }) => [`${person} ${slot}`, { person, slot }])).values()];
  if (touched.length === 0) return;
  const people = touched.map(({ person }) => person);
  const slots = touched.map(({ slot }) => slot);

  await sql`
    insert into activity (channel, person, slot, messages, replies, reactions)
    select ${channel}, person, slot, said.messages, said.replies, given.reactions
    from unnest(${people}::uuid[], ${slots}::bigint[]) as touched (person, slot)
    cross join lateral (
      select count(*) as messages, count(m.re_id) as replies from message m
      where m.channel = ${channel} and m.author = person and m.kind = 'message'
        and m.at >= slot * ${SLOT}::bigint and m.at < (slot + 1) * ${SLOT}::bigint) as said
    cross join lateral (
      select count(*) as reactions from reaction r
      where r.channel = ${channel} and r.member = person
        and r.at >= slot * ${SLOT}::bigint and r.at < (slot + 1) * ${SLOT}::bigint) as given
    on conflict (channel, person, slot) do update
      set messages = excluded.messages, replies = excluded.replies, reactions = excluded.reactions`.execute(trx);
  await sql`
    delete from activity a using unnest(${people}::uuid[], ${slots}::bigint[]) as touched (person, slot)
    where a.channel = ${channel} and a.person = touched.person and a.slot = touched.slot and a.messages + a.reactions = 0`.execute(
    trx,
  );
  await sumUpDays(trx, channel, touched);
}

async function sumUpDays(
  trx: Kysely<Database>,
  channel: string,
  touched: readonly { readonly person: string; readonly slot: number }[],
): Promise<void> {
  const days = new Map(
    touched.map(({ person, slot }) => {
      const day = Math.floor(slot / SLOTS_A_DAY);
      return [`${person} ${day}`, { person, day }];
    }),
  );
  const list = sql`unnest(
    ${[...days.values()].map(({ person }) => person)}::uuid[],
    ${[...days.values()].map(({ day }) => day)}::bigint[]) as touched (person, day)`;

  await sql`
    insert into activity_day (channel, person, day, messages, replies, reactions)
    select ${channel}, person, day, coalesce(summed.messages, 0), coalesce(summed.replies, 0), coalesce(summed.reactions, 0)
    from ${list}
    cross join lateral (
      select sum(a.messages) as messages, sum(a.replies) as replies, sum(a.reactions) as reactions from activity a
      where a.channel = ${channel} and a.person = touched.person
        and a.slot >= day * ${SLOTS_A_DAY}::bigint and a.slot < (day + 1) * ${SLOTS_A_DAY}::bigint) as summed
    on conflict (channel, person, day) do update
      set messages = excluded.messages, replies = excluded.replies, reactions = excluded.reactions`.execute(trx);
  await sql`
    delete from activity_day d using ${list}
    where d.channel = ${channel} and d.person = touched.person and d.day = touched.day and d.messages + d.reactions = 0`.execute(
    trx,
  );
}

async function recountResonance(trx: Kysely<Database>, channel: string, names: readonly Name[]): Promise<void> {
  const distinct = [...new Map(names.map((name) => [`${name.author} ${name.id}`, name])).values()];
  if (distinct.length === 0) return;

  await sql`
    delete from resonance r using ${listOf(distinct)}
    where r.channel = ${channel} and r.author = named.author and r.id = named.id`.execute(trx);
  await sql`
    insert into resonance (channel, author, id, at, replies, reactions, first_reply)
    select ${channel}, m.author, m.id, m.at, answers.replies, given.reactions, answers.first
    from ${listOf(distinct)}
    join message m on m.channel = ${channel} and m.author = named.author and m.id = named.id and m.kind = 'message'
    cross join lateral (
      select count(*) as replies, min(greatest(a.at - m.at, 0)) filter (where a.author <> m.author) as first from message a
      where a.channel = ${channel} and a.re_author = m.author and a.re_id = m.id and a.kind = 'message') as answers
    cross join lateral (
      select count(*) as reactions from reaction r
      where r.channel = ${channel} and r.of_author = m.author and r.of_id = m.id) as given
    where answers.replies + given.reactions > 0`.execute(trx);
}

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

/** The server's own entries are no deeds of anybody's. */
const ofPeople = (names: readonly Name[]): readonly Name[] => names.filter(({ author }) => author !== "sys");

const listOf = (names: readonly Name[]) =>
  sql`unnest(${names.map(({ author }) => author)}::uuid[], ${names.map(({ id }) => id)}::text[]) as named (author, id)`;
