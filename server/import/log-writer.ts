import { sql, type Kysely } from "kysely";

import { logDocument } from "#shared/documents/names.ts";
import type { Ref } from "#shared/entries/kind.ts";
import type { EntryOf } from "#shared/entries/kinds.ts";
import type { ChannelId, EntryId, MemberId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";
import type { Ring } from "#server/documents/doorbell.ts";
import { rollOver } from "#server/documents/roll-over.ts";
import type { Outcome, Task, Write } from "#server/documents/task.ts";

import { entryIdOf } from "./entry-id.ts";
import type { ForeignMessage } from "./parse-message.ts";

/** A message whose author is known here. */
export interface KnownMessage extends ForeignMessage {
  readonly person: MemberId;
}

export interface LogWriterDependencies {
  readonly db: Kysely<Database>;
  readonly submit: (task: Task) => Promise<Outcome>;
  readonly ring: Ring;
  /** Told of a document that will not grow any more. */
  readonly full: (document: string) => void;
}

/** Writes messages into one channel, in the way of everything else that is written, and cuts its segments. */
export interface LogWriter {
  /** Makes known what will be written, so that others can answer it: a reply may stand before its target. */
  announce(messages: readonly KnownMessage[]): void;
  /** Resolves when all of it is durable. Answers how many were new. */
  write(messages: readonly KnownMessage[]): Promise<number>;
  /** The document that it writes to at the end. */
  head(): string;
  /** Replies whose target was not announced. */
  lostReplies(): number;
}

/** A channel rolls over at this many entries. */
const SEGMENT = 5_000;
/** Entries in one row of the journal: it goes to readers as one message. */
const ROW = 500;

export async function createLogWriter(
  { db, submit, ring, full }: LogWriterDependencies,
  channel: ChannelId,
  source: string,
): Promise<LogWriter> {
  const refs = new Map<string, Ref>();
  const written = new Set<string>();
  let segment = await headOf(db, channel);
  let count = await countEntries(db, logDocument("channel", channel, segment));
  let lost = 0;

  const head = (): string => logDocument("channel", channel, segment);

  async function writeFresh(messages: readonly KnownMessage[]): Promise<void> {
    for (let rest = messages; rest.length > 0;) {
      if (count >= SEGMENT) await goOn((rest[0] as KnownMessage).at);
      const part = rest.slice(0, SEGMENT - count);
      rest = rest.slice(part.length);
      const entries = part.map((message) => ({ author: message.person, entry: entryOf(message) }));
      await Promise.all(chunks(entries).map(commit));
      count += part.length;
    }
  }

  async function goOn(openedAt: number): Promise<void> {
    full(head());
    const next = await rollOver({ db, ring }, { kind: "channel", id: channel }, segment, openedAt);
    segment = next ?? (await headOf(db, channel));
    count = next === undefined ? await countEntries(db, head()) : 0;
  }

  function entryOf({ id, at, body, re, person }: KnownMessage): EntryOf<"message"> {
    const own: Ref = { author: person, id: entryIdOf(source, id, at), segment };
    refs.set(id, own);
    const target = re === undefined ? undefined : refs.get(re);
    if (re !== undefined && target === undefined) lost += 1;
    return { kind: "message", id: own.id, at, body, ...(target === undefined ? {} : { re: target }) };
  }

  /** Where others write too, the segment may have become full meanwhile. */
  async function commit(entries: Write["entries"]): Promise<void> {
    const document = head();
    const outcome = await submit({ kind: "write", document, entries });
    if (outcome.kind === "committed") return;
    if (outcome.kind !== "refused" || outcome.head === undefined)
      throw new Error(`The server could not write into ${document}: ${outcome.kind}`);
    segment = Math.max(segment, outcome.head);
    await commit(entries);
  }

  return {
    announce: (messages) =>
      messages
        .filter(({ id }) => !refs.has(id))
        .forEach(({ id, at, person }) => refs.set(id, { author: person, id: entryIdOf(source, id, at) })),
    async write(messages) {
      const own = messages.filter(({ id }) => !written.has(id) && written.add(id));
      const known = await knownSegments(db, channel, source, own);
      for (const { id, at, person } of own) {
        const there = known.get(id);
        if (there !== undefined) refs.set(id, { author: person, id: entryIdOf(source, id, at), segment: there });
      }
      const fresh = own.filter(({ id }) => !known.has(id));
      await writeFresh(fresh);
      return fresh.length;
    },
    head,
    lostReplies: () => lost,
  };
}

async function headOf(db: Kysely<Database>, channel: ChannelId): Promise<number> {
  const row = await db
    .selectFrom("document")
    .select("segment")
    .where("channel_id", "=", channel)
    .orderBy("segment", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  return row.segment;
}

async function countEntries(db: Kysely<Database>, document: string): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*) as count from entry_key where document = ${document}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Which of these messages are there already, and in which segment: from an earlier import, or one that was killed. */
async function knownSegments(
  db: Kysely<Database>,
  channel: ChannelId,
  source: string,
  messages: readonly KnownMessage[],
): Promise<ReadonlyMap<string, number>> {
  const ids = messages.map(({ id, at }) => entryIdOf(source, id, at));
  const { rows } = await sql<{ author: MemberId; id: EntryId; segment: number }>`
    select k.author, k.id, d.segment from entry_key k
    join unnest(${messages.map(({ person }) => person)}::text[], ${ids}::text[]) as asked (author, id)
      on k.channel = ${channel} and k.author = asked.author and k.id = asked.id
    join document d on d.name = k.document`.execute(db);
  const segmentByKey = new Map(rows.map(({ author, id, segment }) => [`${author} ${id}`, segment]));
  return new Map(
    messages.flatMap(({ id, person }, index) => {
      const segment = segmentByKey.get(`${person} ${ids[index]}`);
      return segment === undefined ? [] : [[id, segment] as const];
    }),
  );
}

const chunks = <Item>(items: readonly Item[]): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / ROW) }, (_, index) => items.slice(index * ROW, (index + 1) * ROW));
