import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { sql, type Kysely } from "kysely";

import type { ChannelId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";

/** A line of a file from another platform. */
export interface ForeignLine {
  readonly id: string;
  readonly at: number;
  readonly author: string;
  readonly body: string;
  readonly re?: string;
  readonly channel?: string;
}

/** When the talk begins; it goes on once a second. */
export const START = Date.UTC(2005, 0, 1);

/** A long talk of many in which every third answers the one before. */
export const talk = (length: number): readonly ForeignLine[] =>
  Array.from({ length }, (_, index) => ({
    id: `line-${index}`,
    at: START + index * 1_000,
    author: `author ${index % 70}`,
    body: `message ${index}`,
    ...(index % 3 === 2 ? { re: `line-${index - 1}` } : {}),
  }));

/** Writes lines into a new file of the folder. */
export function fileOf(folder: string, lines: readonly (ForeignLine | string)[]): string {
  const path = join(folder, `${Math.random()}.ndjson`);
  writeFileSync(path, lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"));
  return path;
}

/** What a community holds now: messages of each channel, and entries of each of its segments. */
export async function channelsOf(db: Kysely<Database>, community: string) {
  const { rows } = await sql<{ id: ChannelId; name: string; messages: number; segments: number[] }>`
    select c.id, c.name,
      (select count(*)::integer from message m where m.channel = c.id) as messages,
      array(select (select count(*)::integer from entry_key k where k.document = d.name) from document d where d.channel_id = c.id order by d.segment) as segments
    from channel c join community o on o.id = c.community_id where o.name = ${community} order by c.name`.execute(db);
  return rows;
}
