import { sql, type RawBuilder } from "kysely";

import { SYS } from "#shared/documents/names.ts";

import type { Draft, Spoken } from "./draft.ts";
import { writtenKeys } from "./keys.ts";
import { sizeOf } from "./segment-size.ts";
import type { JournalRow } from "./task.ts";

/** Stores everything that a batch adds, in one statement: clientIDs, keys, journal rows and the documents' new versions. */
export function storing(drafts: readonly Draft[]): readonly RawBuilder<unknown>[] {
  const rows = drafts.flatMap((draft) => draft.rows);
  const eraseDue = drafts.flatMap((draft) => [...draft.eraseDue]);
  const keys = newest(drafts.flatMap(({ keyChanges }) => keyChanges));
  const added = sql`/* kept: store */ with bound as (${bound(rows)}), named as (${writtenKeys(keys)}), added as (${appended(rows)}),
    newest as (select document, max(version) as version from added group by document),
    grown as (${growth(rows)})
    update document d set version = newest.version, entries = d.entries + grown.entries, bytes = d.bytes + grown.bytes, clients = d.clients + grown.clients
    from newest join grown on grown.document = newest.document where d.name = newest.document`;
  const due = sql`update document set erase_due = version where name = any(${eraseDue})`;
  const speakers = drafts.flatMap(({ spoken }) => spoken);
  return [
    ...(rows.length > 0 ? [added] : []),
    ...(eraseDue.length > 0 ? [due] : []),
    ...(speakers.length > 0 ? [rememberSpeakers(speakers)] : []),
  ];
}

/** Their documents are locked, so nobody else writes the same rows. */
const rememberSpeakers = (rows: readonly Spoken[]): RawBuilder<unknown> => sql`
  insert into spoken (channel_id, person_id, received)
  select channel, person, max(received) from unnest(
    ${rows.map(({ channel }) => channel)}::uuid[], ${rows.map(({ person }) => person)}::uuid[],
    ${rows.map(({ received }) => received)}::bigint[]) as fresh (channel, person, received)
  group by channel, person
  on conflict (channel_id, person_id) do update set received = excluded.received`;

/** One statement must not touch a key twice: the batch's last word about each. */
function newest<
  Change extends { readonly channel: string; readonly key: { readonly author: string; readonly id: string } },
>(changes: readonly Change[]): readonly Change[] {
  return [
    ...new Map(changes.map((change) => [`${change.channel} ${change.key.author} ${change.key.id}`, change])).values(),
  ];
}

/** A server's pen may be bound already, by a write that had no document in memory; bound to somebody else fails the batch. */
function bound(rows: readonly JournalRow[]): RawBuilder<unknown> {
  const bindings = rows.flatMap(({ document, bound: own, penned }) =>
    own.map(([client, owner]) => ({ document, client, owner, pen: penned })),
  );
  return sql`
    insert into client (document, client_id, member, pen)
    select * from unnest(
      ${bindings.map(({ document }) => document)}::text[],
      ${bindings.map(({ client }) => client)}::bigint[],
      ${bindings.map(({ owner }) => (owner === SYS ? null : owner))}::uuid[],
      ${bindings.map(({ pen }) => pen)}::boolean[]) as fresh (document, client_id, member, pen)
    where not exists (
      select from client c
      where c.document = fresh.document and c.client_id = fresh.client_id and c.member is not distinct from fresh.member)`;
}

function growth(rows: readonly JournalRow[]): RawBuilder<unknown> {
  const sizes = [...Map.groupBy(rows, ({ document }) => document)].map(([document, own]) => ({
    document,
    ...sizeOf(own),
  }));
  return sql`
    select * from unnest(
      ${sizes.map(({ document }) => document)}::text[], ${sizes.map(({ entries }) => entries)}::integer[],
      ${sizes.map(({ bytes }) => bytes)}::bigint[], ${sizes.map(({ clients }) => clients)}::integer[])
      as size (document, entries, bytes, clients)`;
}

const appended = (rows: readonly JournalRow[]): RawBuilder<unknown> => sql`
  insert into journal (document, version, update, author, received)
  select * from unnest(
    ${rows.map(({ document }) => document)}::text[], ${rows.map(({ version }) => version)}::bigint[],
    ${rows.map(({ update }) => Buffer.from(update))}::bytea[], ${rows.map(({ author }) => author)}::uuid[],
    ${rows.map(({ received }) => received)}::bigint[])
  returning document, version`;
