import { sql, type Kysely } from "kysely";

import type { Author } from "#shared/documents/names.ts";
import type { Ref } from "#shared/entries/kind.ts";
import type { EntryId, MemberId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";
import { createKeys, type EntryKey, type Keys } from "#server/gate/entry-key.ts";

/** What the judge may ask about one channel. */
export interface KeyQuestion {
  readonly channel: string;
  readonly refs: readonly { readonly author: Author; readonly id: EntryId }[];
  readonly states: readonly { readonly author: Author; readonly stateKey: string }[];
}

/** A kind is not known of an id that only its retraction ever named. */
const UNKNOWN = "";

/** The keys of a channel as the tables have them, with a layer on top for what the batch adds. */
export async function readKeys(trx: Kysely<Database>, { channel, refs, states }: KeyQuestion): Promise<Keys> {
  const { rows } = await sql<Row>`
    select k.* from entry_key k
    join unnest(${refs.map(({ author }) => author)}::text[], ${refs.map(({ id }) => id)}::text[]) as asked (author, id)
      on k.channel = ${channel} and k.author = asked.author and k.id = asked.id
    union
    select k.* from entry_key k
    join unnest(${refs.map(({ author }) => author)}::text[], ${refs.map(({ id }) => id)}::text[]) as asked (author, id)
      on k.channel = ${channel} and k.of_author = asked.author and k.of_id = asked.id
    union
    select k.* from entry_key k
    join unnest(${states.map(({ author }) => author)}::text[], ${states.map(({ stateKey }) => stateKey)}::text[]) as asked (author, state_key)
      on k.channel = ${channel} and k.author = asked.author and k.state_key = asked.state_key and k.state = 'present'`.execute(
    trx,
  );

  const stored = createKeys();
  rows.map(keyOfRow).forEach((key) => stored.put(key));
  return stored.fork();
}

interface Row {
  readonly author: string;
  readonly id: string;
  readonly kind: string;
  readonly at: number;
  readonly digest: Buffer | null;
  readonly state_key: string | null;
  readonly of_author: string | null;
  readonly of_id: string | null;
  readonly document: string;
  readonly client_id: number | null;
  readonly clock: number | null;
  readonly state: "present" | "erased";
}

const keyOfRow = (row: Row): EntryKey => ({
  author: row.author as Author,
  id: row.id as EntryId,
  kind: row.kind === UNKNOWN ? undefined : row.kind,
  at: row.at,
  digest: row.digest?.toString("base64"),
  partOf:
    row.of_author === null || row.of_id === null
      ? undefined
      : ({ author: row.of_author as MemberId, id: row.of_id as EntryId } satisfies Ref),
  stateKey: row.state_key ?? undefined,
  document: row.document,
  position: row.client_id === null || row.clock === null ? undefined : { client: row.client_id, clock: row.clock },
  state: row.state,
});

/** A key as a batch leaves it, with the version and receipt of the row that it came in. */
export interface KeyChange {
  readonly channel: string;
  readonly key: EntryKey;
  readonly version: number;
  readonly received: number;
}

/** Writes all keys of a batch in one statement, sorted: two transactions that insert the same keys must not cross. */
export async function writeKeys(trx: Kysely<Database>, changes: readonly KeyChange[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(rowOf).toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const column = <Name extends keyof ReturnType<typeof rowOf>>(name: Name) => rows.map((row) => row[name]);

  await sql`
    insert into entry_key (channel, author, id, kind, at, digest, state_key, of_author, of_id, document, client_id, clock, version, received, state)
    select * from unnest(
      ${column("channel")}::uuid[], ${column("author")}::text[], ${column("id")}::text[], ${column("kind")}::text[], ${column("at")}::bigint[],
      ${column("digest")}::bytea[], ${column("state_key")}::text[], ${column("of_author")}::text[], ${column("of_id")}::text[], ${column("document")}::text[],
      ${column("client_id")}::bigint[], ${column("clock")}::bigint[], ${column("version")}::bigint[], ${column("received")}::bigint[], ${column("state")}::text[])
    on conflict (channel, author, id) do update set digest = excluded.digest, state = excluded.state`.execute(trx);
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
