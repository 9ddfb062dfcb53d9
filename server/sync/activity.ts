import { sql, type Kysely } from "kysely";

import { homeOf, channelId, memberId, type ChannelId, type MemberId } from "#shared/ids.ts";
import { parseDocumentName } from "#shared/documents/names.ts";
import { parseEntry } from "#shared/entries/kinds.ts";
import type { Database } from "#server/database/types.ts";
import type { JournalRow } from "#server/documents/task.ts";
import { readUpdate, UNBOUNDED } from "#server/gate/read-update.ts";
import * as z from "zod/mini";

/** The PostgreSQL channel on which nodes tell each other what was said where. */
export const ACTIVITY = "activity";

/** That something was said in a channel: how much, by whom, and who was named. */
export interface Activity {
  readonly channel: ChannelId;
  readonly author: MemberId;
  readonly messages: number;
  /** Once for each message that names somebody. */
  readonly mentions: readonly MemberId[];
}

const activity = z.object({ channel: channelId, author: memberId, messages: z.int(), mentions: z.array(memberId) });

export function parseActivity(payload: string): Activity | undefined {
  const parsed = activity.safeParse(JSON.parse(payload));
  return parsed.success ? parsed.data : undefined;
}

/** PostgreSQL takes no longer payload than 7,999 bytes; a count without its names is better than none. */
const MAX_MENTIONS = 150;

/** What members said in these rows, by channel and author. */
function activityOf(rows: readonly JournalRow[]): readonly Activity[] {
  return rows.flatMap((row) => {
    const place = parseDocumentName(row.document);
    if (row.author === null || place === undefined || (place.kind !== "channel" && place.kind !== "dm")) return [];
    const messages = messagesIn(row.update);
    const mentions = messages.flatMap((message) => [...new Set(message.mentions)]).slice(0, MAX_MENTIONS);
    return messages.length === 0
      ? []
      : [{ channel: place.id, author: row.author, messages: messages.length, mentions }];
  });
}

function messagesIn(update: Uint8Array) {
  const read = readUpdate(update, UNBOUNDED);
  const values = read.ok ? read.value.items.flatMap((item) => item.values ?? []) : [];
  return values.map(parseEntry).filter((entry) => entry?.kind === "message");
}

/** Tells all nodes what was said. */
export interface Announcer {
  said(rows: readonly JournalRow[]): void;
  close(): void;
}

/** PostgreSQL lets one transaction that notifies commit at a time: what is said within this time, in ms, is one. */
const PAUSE = 100;

export function createAnnouncer(db: Kysely<Database>, failed: (error: unknown) => void): Announcer {
  let waiting: Activity[] = [];
  let timer: NodeJS.Timeout | undefined;

  function announce(): void {
    const payloads = together(waiting).map((one) => JSON.stringify(one));
    [waiting, timer] = [[], undefined];
    sql`select pg_notify(${ACTIVITY}, payload) from unnest(${payloads}::text[]) as payload`.execute(db).catch(failed);
  }

  return {
    said(rows) {
      waiting.push(...activityOf(rows));
      if (waiting.length > 0) timer ??= setTimeout(announce, PAUSE).unref();
    },
    close: () => clearTimeout(timer),
  };
}

/** One for each author in a channel, however much they have said. */
const together = (activities: readonly Activity[]): readonly Activity[] =>
  [...Map.groupBy(activities, ({ channel, author }) => `${channel} ${author}`).values()].map((own) => ({
    ...(own[0] as Activity),
    messages: own.reduce((sum, { messages }) => sum + messages, 0),
    mentions: own.flatMap(({ mentions }) => mentions).slice(0, MAX_MENTIONS),
  }));

/** The channels and conversations that somebody may read. */
export async function readableChannels(db: Kysely<Database>, person: MemberId): Promise<ReadonlySet<ChannelId>> {
  const { rows } = await sql<{ id: ChannelId }>`
    select c.id from channel c
    left join membership m on m.community_id = c.community_id and m.person_id = ${person}
    left join participant p on p.channel_id = c.id and p.person_id = ${person}
    where (c.community_id is null and p.person_id is not null)
       or (m.person_id is not null and (not c.private or p.person_id is not null))`.execute(db);
  return new Set([...rows.map(({ id }) => id), homeOf(person)]);
}
