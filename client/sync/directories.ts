import type { ChannelId } from "#shared/ids.ts";
import type { Api } from "#client/api/create-api.ts";
import type { DirectoryRow, LocalDatabase } from "#client/storage/database.ts";

import type { Term } from "./fate.ts";
import { createListeners } from "./listeners.ts";

/** Which segments a channel consists of, as far as this device knows. */
export interface Directories {
  /** Undefined while nothing is known of the channel. */
  readonly head: (channel: ChannelId) => number | undefined;
  /** The number of the first segment of which something is known. */
  readonly first: (channel: ChannelId) => number;
  /** 0 while it is unknown: then entries stand at their own time. */
  readonly openedAt: (channel: ChannelId, segment: number) => number;
  /** Asks the server. `gone`: there is nothing there for this person. */
  readonly refresh: (channel: ChannelId) => Promise<"known" | "gone" | "away">;
  /** Why a channel that is gone may not be read, where the server said so. */
  readonly ban: (channel: ChannelId) => Term | undefined;
  /** Asks the server as soon as it can be asked, if nothing is known. */
  readonly want: (channel: ChannelId) => void;
  /** The server can be asked again. */
  readonly catchUp: () => void;
  /** The server said that a channel goes on in another segment. */
  readonly moved: (channel: ChannelId, head: number) => void;
  readonly forget: (channel: ChannelId) => Promise<void>;
  readonly onChange: (listener: (channel: ChannelId) => void) => () => void;
}

export async function openDirectories(db: LocalDatabase, api: Pick<Api, "segments">): Promise<Directories> {
  const rows = new Map((await db.directory.toArray()).map((row) => [row.channel, row]));
  const wanted = new Set<ChannelId>();
  const bans = new Map<ChannelId, Term>();
  const asking = new Map<ChannelId, Promise<"known" | "gone" | "away">>();
  const changes = createListeners<[ChannelId]>();

  function take(row: DirectoryRow): void {
    rows.set(row.channel, row);
    wanted.delete(row.channel);
    changes.tell(row.channel);
  }

  async function ask(channel: ChannelId): Promise<"known" | "gone" | "away"> {
    const answer = await api.segments({ id: channel });
    if (!answer.ok && answer.problem.kind === "banned") {
      const { until, because } = answer.problem;
      bans.set(channel, { until, because });
      return "gone";
    }
    bans.delete(channel);
    if (!answer.ok) return answer.problem.kind === "not-found" ? "gone" : "away";

    const segments = answer.value.segments.map(({ n, openedAt }) => ({ n, openedAt })).toSorted((a, b) => a.n - b.n);
    const row = { channel, segments };
    take(row);
    // What cannot be kept is asked for again at the next start.
    await db.directory.put(row).catch(() => undefined);
    return "known";
  }

  /** One question at a time about a channel. */
  function refresh(channel: ChannelId): Promise<"known" | "gone" | "away"> {
    const asked = asking.get(channel) ?? ask(channel).finally(() => asking.delete(channel));
    asking.set(channel, asked);
    return asked;
  }

  const segmentsOf = (channel: ChannelId): DirectoryRow["segments"] => rows.get(channel)?.segments ?? [];
  const head = (channel: ChannelId): number | undefined => segmentsOf(channel).at(-1)?.n;
  // A failure leaves it wanted, and the next connection asks again.
  const askQuietly = (channel: ChannelId): void => void refresh(channel).catch(() => undefined);

  return {
    head,
    first: (channel) => segmentsOf(channel)[0]?.n ?? 1,
    openedAt: (channel, segment) => segmentsOf(channel).find(({ n }) => n === segment)?.openedAt ?? 0,
    refresh,
    ban: (channel) => bans.get(channel),
    want(channel) {
      if (rows.has(channel) || wanted.has(channel)) return;
      wanted.add(channel);
      askQuietly(channel);
    },
    catchUp: () => wanted.forEach(askQuietly),
    moved(channel, next) {
      if (next <= (head(channel) ?? 0)) return;
      take({ channel, segments: [...segmentsOf(channel), { n: next, openedAt: 0 }] });
      askQuietly(channel);
    },
    async forget(channel) {
      // Whoever waits for it goes on waiting: its reader may be let in.
      rows.delete(channel);
      await db.directory.delete(channel);
    },
    onChange: changes.add,
  };
}
