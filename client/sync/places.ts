import type { ChannelId } from "#shared/ids.ts";
import type { LocalDatabase, PlaceRow } from "#client/storage/database.ts";

import { createListeners } from "./listeners.ts";
import type { Unread } from "./local.ts";

/** What this device remembers of channels beside their entries: how much is unread, and which were looked at last. */
export interface Places {
  readonly unread: (channel: ChannelId) => Unread;
  /** As counted here. */
  readonly counted: (channel: ChannelId, unread: Unread) => void;
  /** More was said in a channel that is not here. */
  readonly heard: (channel: ChannelId, more: Unread) => void;
  /** The server's word about all channels but those that are counted here. */
  readonly told: (words: ReadonlyMap<ChannelId, Unread>, isCountedHere: (channel: ChannelId) => boolean) => void;
  readonly visit: (channel: ChannelId) => void;
  /** The channels that were looked at last, the latest first. */
  readonly recent: (count: number) => readonly ChannelId[];
  /** Another tab changed these. */
  readonly reload: (channels: readonly ChannelId[]) => Promise<void>;
  /** `stored`: this tab did it, and others can read it now. */
  readonly onChange: (listener: (channels: readonly ChannelId[], stored: boolean) => void) => () => void;
}

export async function openPlaces(db: LocalDatabase, failed: (problem: unknown) => void): Promise<Places> {
  const rows = new Map((await db.place.toArray()).map((row) => [row.channel, row]));
  const changes = createListeners<[readonly ChannelId[], boolean]>();
  const rowOf = (channel: ChannelId): PlaceRow =>
    rows.get(channel) ?? { channel, visited: 0, messages: 0, mentions: 0 };

  async function keep(changed: readonly PlaceRow[]): Promise<void> {
    if (changed.length === 0) return;
    const channels = changed.map(({ channel }) => channel);
    changed.forEach((row) => rows.set(row.channel, row));
    changes.tell(channels, false);
    await db.place.bulkPut([...changed]);
    changes.tell(channels, true);
  }

  function count(channel: ChannelId, { messages, mentions }: Unread): readonly PlaceRow[] {
    const row = rowOf(channel);
    return row.messages === messages && row.mentions === mentions ? [] : [{ ...row, messages, mentions }];
  }

  const put = (changed: readonly PlaceRow[]): void => void keep(changed).catch(failed);

  return {
    unread: (channel) => rowOf(channel),
    counted: (channel, unread) => put(count(channel, unread)),
    heard(channel, more) {
      const { messages, mentions } = rowOf(channel);
      put(count(channel, { messages: messages + more.messages, mentions: mentions + more.mentions }));
    },
    told(words, isCountedHere) {
      const channels = new Set([...words.keys(), ...rows.keys()]);
      const others = [...channels].filter((channel) => !isCountedHere(channel));
      put(others.flatMap((channel) => count(channel, words.get(channel) ?? { messages: 0, mentions: 0 })));
    },
    visit: (channel) => put([{ ...rowOf(channel), visited: Date.now() }]),
    recent: (number) =>
      [...rows.values()]
        .filter(({ visited }) => visited > 0)
        .toSorted((a, b) => b.visited - a.visited)
        .slice(0, number)
        .map(({ channel }) => channel),
    async reload(channels) {
      const found = await db.place.bulkGet([...channels]);
      found.forEach((row) => row !== undefined && rows.set(row.channel, row));
      changes.tell(channels, false);
    },
    onChange: changes.add,
  };
}
