import type { Connection } from "@hocuspocus/server";

import { personAt } from "./peer.ts";

/** Which documents each socket has attached. */
export interface Attachments {
  /** Answers false, and adds nothing, where the socket has this very document attached already. */
  add(connection: Connection): boolean;
  remove(connection: Connection): void;
  /** Whether this socket has a document of the channel attached. */
  has(connection: Connection, channel: string): boolean;
  all(): readonly Connection[];
}

export function createAttachments(): Attachments {
  const bySocket = new Map<string, Set<Connection>>();

  return {
    add(connection) {
      const own = bySocket.get(connection.socketId) ?? new Set();
      if ([...own].some(({ document }) => document === connection.document)) return false;
      bySocket.set(connection.socketId, own.add(connection));
      return true;
    },
    remove(connection) {
      const own = bySocket.get(connection.socketId);
      own?.delete(connection);
      if (own?.size === 0) bySocket.delete(connection.socketId);
    },
    has: (connection, channel) =>
      [...(bySocket.get(connection.socketId) ?? [])].some(({ document }) => document.name.includes(channel)),
    all: () => [...bySocket.values()].flatMap((own) => [...own]),
  };
}

/** Connections by the person who sits at them. */
export const byPerson = (connections: readonly Connection[]): ReadonlyMap<string, readonly Connection[]> =>
  Map.groupBy(connections, personAt);
