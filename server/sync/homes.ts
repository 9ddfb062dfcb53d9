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

export function createHomes({ channelsOf, isAttached, failed, now, every }: HomesDependencies): Homes {
  const connections = new Map<Connection, ReadonlySet<ChannelId>>();
  const timer = setInterval(() => connections.forEach((_channels, connection) => beat(connection)), every).unref();

  const beat = (connection: Connection): void => tell(connection, { type: "ping", now: now() });

  function learn(connection: Connection): void {
    channelsOf(personAt(connection)).then((channels) => {
      if (connections.has(connection)) connections.set(connection, channels);
    }, failed);
  }

  return {
    joined(connection) {
      connections.set(connection, new Set());
      beat(connection);
      learn(connection);
    },
    left: (connection) => void connections.delete(connection),
    heard({ channel, author, messages, mentions }) {
      for (const [connection, channels] of connections) {
        const person = personAt(connection);
        if (person === author || !channels.has(channel) || isAttached(connection, channel)) continue;
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
