import { sql, type Kysely } from "kysely";
import { ulid } from "ulid";
import { v7 as uuid } from "uuid";

import { logDocument, type Author } from "#shared/documents/names.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import type { ChannelId, EntryId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";
import { erase } from "#server/documents/erase.ts";
import { projectDocument } from "#server/projections/run.ts";

import { testNode } from "./scribe.ts";
import { foldOf, readTold } from "./told.ts";

/** When everything in these channels begins. */
export const START = Date.UTC(2026, 0, 1);
const OPENED_AT = [0, START, START + 50];

export const idAt = (n: number): EntryId => `${ulid(START + n).slice(0, 10)}${String(n).padStart(16, "0")}` as EntryId;

/** A channel of two segments, both open to the server's writes, and what the tables and the documents say of it. */
export async function channelOfTwo(db: Kysely<Database>) {
  const channel = uuid() as ChannelId;
  const names = [1, 2].map((segment) => logDocument("channel", channel, segment));
  for (const [index, name] of names.entries()) {
    const opened_at = OPENED_AT[index + 1] as number;
    await db
      .insertInto("document")
      .values({ name, channel_id: channel, kind: "channel", segment: index + 1, opened_at })
      .execute();
  }
  const { committer } = testNode(db);
  const name = (segment: number): string => names[segment - 1] as string;

  return {
    channel,
    name,
    async write(segment: number, author: Author, entry: Entry): Promise<void> {
      const outcome = await committer.submit({ kind: "write", document: name(segment), entries: [{ author, entry }] });
      if (outcome.kind !== "committed") throw new Error(`not written: ${outcome.kind}`);
    },
    project: (segment: number) => projectDocument(db, name(segment)),
    /** A worker is given what it has projected a second time, from somewhere on. */
    async redeliver(segment: number): Promise<void> {
      await sql`update checkpoint set version = version / 2 where document = ${name(segment)}`.execute(db);
      await projectDocument(db, name(segment));
    },
    async eraseAll(): Promise<void> {
      for (const document of names) await erase(db, committer.submit, document);
    },
    rows: () => projectedRows(db, channel),
    expected: () => foldedRows(db, channel),
  };
}

/** What the documents themselves say, in the words of the tables. */
async function foldedRows(db: Kysely<Database>, channel: string) {
  const fold = foldOf(await readTold(db, channel));
  return fold.rows().map((row) => ({
    key: row.key,
    kind: row.kind,
    segment: row.segment,
    position: row.position,
    body: row.body,
    re: row.re === undefined ? null : `${row.re.author} ${row.re.id}`,
    edited: row.edited ?? null,
    hidden: row.hidden?.reason ?? null,
    mentions: [...row.mentions],
    reactions: row.reactions.flatMap(({ key, by }) => by.map((member) => `${key} ${member}`)).toSorted(),
  }));
}

async function projectedRows(db: Kysely<Database>, channel: string) {
  const { rows } = await sql`
    select author || ' ' || id as key, kind, segment, position, body, re_author || ' ' || re_id as re, edited, hidden_reason as hidden, mentions,
      array(select r.key || ' ' || r.member from reaction r where r.channel = m.channel and r.of_author = m.author and r.of_id = m.id order by 1) as reactions
    from message m where channel = ${channel} order by position, at, author, id`.execute(db);
  return rows;
}
