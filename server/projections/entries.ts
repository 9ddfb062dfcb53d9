import { sql, type Kysely } from "kysely";

import type { Ref } from "#shared/entries/kind.ts";
import { kindOf, type Entry } from "#shared/entries/kinds.ts";
import type { PlacedEntry } from "#shared/entries/fold.ts";
import { SYS, type Author } from "#shared/documents/names.ts";
import type { Database } from "#server/database/types.ts";
import type { Range } from "#server/gate/update.ts";

import type { Addition, ProjectedDocument } from "./projection.ts";

/** An entry's name in its channel. */
export interface Name {
  readonly author: Author;
  readonly id: string;
}

/** The server's own entries are nobody's. */
export const ofPeople = (names: readonly Name[]): readonly Name[] => names.filter(({ author }) => author !== SYS);

/** Entries of people as a table `named`. */
export const listOf = (names: readonly Name[]) =>
  sql`unnest(${names.map(({ author }) => author)}::uuid[], ${names.map(({ id }) => id)}::text[]) as named (author, id)`;

export const targetsOf = (entry: Entry): readonly Ref[] => kindOf(entry).targets?.(entry) ?? [];

/**
 * Stores entries as they were written. The entry key has the last word: what was erased meanwhile, or in a segment that
 * is read later, does not come back.
 */
export async function rememberEntries(
  trx: Kysely<Database>,
  { id: channel, name, segment }: ProjectedDocument,
  added: readonly Addition[],
): Promise<void> {
  if (added.length === 0) return;
  await sql`
    insert into entry (channel, author, id, segment, value, document, client_id, clock)
    select ${channel}, fresh.author, fresh.id, ${segment}, fresh.value, ${name}, fresh.client, fresh.clock
    from unnest(
      ${added.map(({ author }) => author)}::text[], ${added.map(({ entry }) => entry.id)}::text[],
      ${added.map(({ entry }) => JSON.stringify(entry))}::jsonb[], ${added.map(({ position }) => position.client)}::bigint[],
      ${added.map(({ position }) => position.clock)}::bigint[]) as fresh (author, id, value, client, clock)
    where not exists (
      select from entry_key k
      where k.channel = ${channel} and k.author = fresh.author and k.id = fresh.id and k.state = 'erased')
    on conflict do nothing`.execute(trx);
  await rememberTargets(trx, channel, added);
}

async function rememberTargets(trx: Kysely<Database>, channel: string, added: readonly Addition[]): Promise<void> {
  const abouts = added.flatMap(({ author, entry }) => targetsOf(entry).map((of) => ({ of, author, id: entry.id })));
  if (abouts.length === 0) return;
  await sql`
    insert into entry_about (channel, of_author, of_id, author, id)
    select ${channel}, fresh.* from unnest(
      ${abouts.map(({ of }) => of.author)}::text[], ${abouts.map(({ of }) => of.id)}::text[],
      ${abouts.map(({ author }) => author)}::text[], ${abouts.map(({ id }) => id)}::text[]) as fresh (of_author, of_id, author, id)
    where exists (select from entry e where e.channel = ${channel} and e.author = fresh.author and e.id = fresh.id)
    on conflict do nothing`.execute(trx);
}

/** Drops what lies at deleted positions. Answers what it was. */
export async function forgetPositions(
  trx: Kysely<Database>,
  document: string,
  removed: readonly Range[],
): Promise<readonly Gone[]> {
  if (removed.length === 0) return [];
  const { rows } = await sql<Gone>`
    delete from entry e
    using unnest(
      ${removed.map(({ client }) => client)}::bigint[], ${removed.map(({ clock }) => clock)}::bigint[],
      ${removed.map(({ clock, length }) => clock + length)}::bigint[]) as gone (client, first, beyond)
    where e.document = ${document} and e.client_id = gone.client and e.clock >= gone.first and e.clock < gone.beyond
    returning e.author, e.id, e.value`.execute(trx);
  return rows;
}

/** Drops what was erased: these entries, in whatever segment they lie, and what was said about them. */
export async function forgetErased(
  trx: Kysely<Database>,
  channel: string,
  names: readonly Name[],
): Promise<readonly Gone[]> {
  if (names.length === 0) return [];
  const { rows } = await sql<Gone>`
    with asked as (select * from unnest(${names.map(({ author }) => author)}::text[], ${names.map(({ id }) => id)}::text[]) as a (author, id)),
    concerned as (
      select author, id from asked
      union
      select about.author, about.id from entry_about about
      join asked on about.channel = ${channel} and about.of_author = asked.author and about.of_id = asked.id)
    delete from entry e
    using concerned, entry_key k
    where e.channel = ${channel} and e.author = concerned.author and e.id = concerned.id
      and k.channel = e.channel and k.author = e.author and k.id = e.id and k.state = 'erased'
    returning e.author, e.id, e.value`.execute(trx);
  return rows;
}

interface Gone extends Name {
  readonly value: Entry;
}

/** All that must be known to fold these: they themselves and what is said about them. */
export async function entriesAround(
  trx: Kysely<Database>,
  channel: string,
  names: readonly Name[],
): Promise<readonly PlacedEntry[]> {
  const { rows } = await sql<{ author: Author; segment: number; value: Entry }>`
    with asked as (select * from unnest(${names.map(({ author }) => author)}::text[], ${names.map(({ id }) => id)}::text[]) as a (author, id)),
    concerned as (
      select author, id from asked
      union
      select about.author, about.id from entry_about about
      join asked on about.channel = ${channel} and about.of_author = asked.author and about.of_id = asked.id)
    select e.author, e.segment, e.value from entry e
    join concerned on e.channel = ${channel} and e.author = concerned.author and e.id = concerned.id`.execute(trx);
  return rows.map(({ author, segment, value }) => ({ author, segment, entry: value }));
}
