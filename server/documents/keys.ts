import { sql, type RawBuilder } from "kysely";

import type { Author } from "#shared/documents/names.ts";
import type { Ref } from "#shared/entries/kind.ts";
import type { EntryId, MemberId } from "#shared/ids.ts";
import { createKeys, type EntryKey, type Keys } from "#server/gate/entry-key.ts";

/** What the judge may ask about one channel. */
export interface KeyQuestion {
  readonly channel: string;
  readonly refs: readonly { readonly author: Author; readonly id: EntryId }[];
  readonly states: readonly { readonly author: Author; readonly stateKey: string }[];
}

/** A kind is not known of an id that only its retraction ever named. */
const UNKNOWN = "";

/** An expression for the keys of all these channels, as the tables have them. */
export function keysAsked(questions: readonly KeyQuestion[]): RawBuilder<readonly FoundKey[]> {
  const refs = questions.flatMap(({ channel, refs: own }) => own.map((ref) => ({ channel, ...ref })));
  const states = questions.flatMap(({ channel, states: own }) => own.map((state) => ({ channel, ...state })));
  const named = sql`unnest(
    ${refs.map(({ channel }) => channel)}::uuid[], ${refs.map(({ author }) => author)}::text[],
    ${refs.map(({ id }) => id)}::text[]) as asked (channel, author, id)`;
  return sql`(
    select coalesce(json_agg(found), '[]') from (
      select k.* from entry_key k join ${named}
        on k.channel = asked.channel and k.author = asked.author and k.id = asked.id
      union
      select k.* from entry_key k join ${named}
        on k.channel = asked.channel and k.of_author = asked.author and k.of_id = asked.id
      union
      select k.* from entry_key k
      join unnest(
        ${states.map(({ channel }) => channel)}::uuid[], ${states.map(({ author }) => author)}::text[],
        ${states.map(({ stateKey }) => stateKey)}::text[]) as asked (channel, author, state_key)
        on k.channel = asked.channel and k.author = asked.author and k.state_key = asked.state_key and k.state = 'present'
    ) as found)`;
}

/** What was found, by channel, with a layer on top for what the batch adds. */
export function keysIn(found: readonly FoundKey[], questions: readonly KeyQuestion[]): ReadonlyMap<string, Keys> {
  const stored = new Map(questions.map(({ channel }) => [channel, createKeys()]));
  found.forEach((row) => stored.get(row.channel)?.put(keyOfRow(row)));
  return new Map([...stored].map(([channel, keys]) => [channel, keys.fork()]));
}

/** A row of the table, in JSON. */
export interface FoundKey {
  readonly channel: string;
  readonly author: string;
  readonly id: string;
  readonly kind: string;
  readonly at: number;
  readonly digest: string | null;
  readonly state_key: string | null;
  readonly of_author: string | null;
  readonly of_id: string | null;
  readonly document: string;
  readonly client_id: number | null;
  readonly clock: number | null;
  readonly state: "present" | "erased";
}

const keyOfRow = (row: FoundKey): EntryKey => ({
  author: row.author as Author,
  id: row.id as EntryId,
  kind: row.kind === UNKNOWN ? undefined : row.kind,
  at: row.at,
  digest: row.digest === null ? undefined : base64(row.digest),
  partOf:
    row.of_author === null || row.of_id === null
      ? undefined
      : ({ author: row.of_author as MemberId, id: row.of_id as EntryId } satisfies Ref),
  stateKey: row.state_key ?? undefined,
  document: row.document,
  position: row.client_id === null || row.clock === null ? undefined : { client: row.client_id, clock: row.clock },
  state: row.state,
});

/** PostgreSQL writes bytes into JSON as `\\x` and their digits. */
const base64 = (digits: string): string => Buffer.from(digits.slice(2), "hex").toString("base64");

/** A key as a batch leaves it, with the version and receipt of the row that it came in. */
export interface KeyChange {
  readonly channel: string;
  readonly key: EntryKey;
  readonly version: number;
  readonly received: number;
}

/** What writes all keys of a batch, sorted: two transactions that insert the same keys must not cross. */
export function writtenKeys(changes: readonly KeyChange[]): RawBuilder<unknown> {
  const rows = changes.map(rowOf).toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const column = <Name extends keyof ReturnType<typeof rowOf>>(name: Name) => rows.map((row) => row[name]);

  return sql`
    insert into entry_key (channel, author, id, kind, at, digest, state_key, of_author, of_id, document, client_id, clock, version, received, state)
    select * from unnest(
      ${column("channel")}::uuid[], ${column("author")}::text[], ${column("id")}::text[], ${column("kind")}::text[], ${column("at")}::bigint[],
      ${column("digest")}::bytea[], ${column("state_key")}::text[], ${column("of_author")}::text[], ${column("of_id")}::text[], ${column("document")}::text[],
      ${column("client_id")}::bigint[], ${column("clock")}::bigint[], ${column("version")}::bigint[], ${column("received")}::bigint[], ${column("state")}::text[])
    on conflict (channel, author, id) do update set digest = excluded.digest, state = excluded.state`;
}

const rowOf = ({ channel, key, version, received }: KeyChange) => ({
  channel,
  author: key.author as string,
  id: key.id as string,
  kind: key.kind ?? UNKNOWN,
  at: key.at,
  digest: key.digest === undefined ? null : Buffer.from(key.digest, "base64"),
  state_key: key.stateKey ?? null,
  of_author: key.partOf?.author ?? null,
  of_id: key.partOf?.id ?? null,
  document: key.document,
  client_id: key.position?.client ?? null,
  clock: key.position?.clock ?? null,
  version,
  received,
  state: key.state,
});

const nameOf = (row: { channel: string; author: string; id: string }): string =>
  `${row.channel} ${row.author} ${row.id}`;
