import type { Connection } from "@hocuspocus/server";

import type { MemberId } from "#shared/ids.ts";

import { personAt } from "./peer.ts";

/** Which documents each socket has attached. */
export interface Attachments {
  /** Answers why not, where it is one too many. */
  add(connection: Connection): string | undefined;
  remove(connection: Connection): void;
  /** Whether this socket has a document of the channel attached. */
  has(connection: Connection, channel: string): boolean;
  all(): readonly Connection[];
}

/** Documents that one person may have attached, over all their sockets: each is held in memory as long as it is. */
const MAX_ATTACHED = 400;

export function createAttachments(): Attachments {
  const bySocket = new Map<string, Set<Connection>>();
  const countByPerson = new Map<MemberId, number>();

  function countDown(person: MemberId): void {
    const left = (countByPerson.get(person) ?? 0) - 1;
    if (left > 0) countByPerson.set(person, left);
    else countByPerson.delete(person);
  }

  return {
    add(connection) {
      const own = bySocket.get(connection.socketId) ?? new Set();
      const person = personAt(connection);
      const count = countByPerson.get(person) ?? 0;
      // Everything that is said would be said to the same socket again.
      if ([...own].some(({ document }) => document === connection.document)) return "attached already";
      if (count >= MAX_ATTACHED) return "too many documents";
      countByPerson.set(person, count + 1);
      bySocket.set(connection.socketId, own.add(connection));
      return undefined;
    },
    remove(connection) {
      const own = bySocket.get(connection.socketId);
      if (own?.delete(connection)) countDown(personAt(connection));
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
