import type { Connection } from "@hocuspocus/server";

import type { ChannelId, MemberId } from "#shared/ids.ts";

import type { Activity } from "./activity.ts";
import { personAt, tell } from "./peer.ts";
import type { Concerned } from "./rights.ts";

/** The devices that are here, known by their home document: what concerns a person is said there. */
export interface Homes {
  joined(connection: Connection): void;
  left(connection: Connection): void;
  /** Something was said in a channel that some have not attached. */
  heard(activity: Activity): void;
  /** What somebody may do has changed. */
  authorityChanged(concerned: Concerned): void;
  close(): void;
}

export interface HomesDependencies {
  readonly channelsOf: (person: MemberId) => Promise<ReadonlySet<ChannelId>>;
  readonly isAttached: (connection: Connection, channel: ChannelId) => boolean;
  readonly failed: (error: unknown) => void;
  readonly now: () => number;
  /** How often a device hears that the server is there, in ms. */
  readonly every: number;
}

const nothing: ReadonlySet<ChannelId> = new Set();

export function createHomes({ channelsOf, isAttached, failed, now, every }: HomesDependencies): Homes {
  const connections = new Map<Connection, ReadonlySet<ChannelId>>();
  /** The same by channel. */
  const readers = new Map<ChannelId, Set<Connection>>();
  const timer = setInterval(() => connections.forEach((_channels, connection) => beat(connection)), every).unref();

  const beat = (connection: Connection): void => tell(connection, { type: "ping", now: now() });

  function learn(connection: Connection): void {
    channelsOf(personAt(connection)).then((channels) => {
      if (connections.has(connection)) put(connection, channels);
    }, failed);
  }

  function put(connection: Connection, channels: ReadonlySet<ChannelId>): void {
    const before = connections.get(connection) ?? nothing;
    connections.set(connection, channels);
    for (const channel of before.difference(channels)) takeOut(connection, channel);
    for (const channel of channels) readers.set(channel, (readers.get(channel) ?? new Set()).add(connection));
  }

  function takeOut(connection: Connection, channel: ChannelId): void {
    const left = readers.get(channel);
    left?.delete(connection);
    if (left?.size === 0) readers.delete(channel);
  }

  return {
    joined(connection) {
      connections.set(connection, nothing);
      beat(connection);
      learn(connection);
    },
    left(connection) {
      put(connection, nothing);
      connections.delete(connection);
    },
    heard({ channel, author, messages, mentions }) {
      for (const connection of readers.get(channel) ?? []) {
        const person = personAt(connection);
        if (person === author || isAttached(connection, channel)) continue;
        tell(connection, {
          type: "activity",
          channel,
          messages,
          mentions: mentions.filter((named) => named === person).length,
        });
      }
    },
    authorityChanged({ people, everybody }) {
      for (const connection of connections.keys()) {
        const isNamed = people.has(personAt(connection));
        if (isNamed) tell(connection, { type: "authority" });
        if (isNamed || everybody) learn(connection);
      }
    },
    close: () => clearInterval(timer),
  };
}
