import type { Connection } from "@hocuspocus/server";
import type { Kysely } from "kysely";
import type { WebSocket } from "ws";

import type { Database } from "#server/database/types.ts";

import type { Attachments } from "./attachments.ts";
import { goesOn, peerOf, type Peer, type PeerSession } from "./peer.ts";
import { anything, closeRevoked, insist, type Concerned } from "./rights.ts";

/** Puts out who may not be here any more, and takes from people what they may no longer read. */
export interface Doorkeeper {
  /** Somebody sits at a socket, for as long as it is open and their session goes on. */
  seat(peer: Peer, socket: WebSocket): void;
  /** All who sit at a socket here. */
  seated(): readonly Peer[];
  /** How many changes of authority have been heard of. */
  heard(): number;
  /** Authority has changed: those concerned are asked again. */
  changed(concerned: Concerned): void;
  /** Asks again about somebody who was coming in while a bell rang, which so found nobody to send away. */
  review(connection: Connection): Promise<void>;
  /** Ends all sockets. */
  close(): void;
}

export interface DoorkeeperDependencies {
  readonly db: Kysely<Database>;
  readonly attachments: Attachments;
  readonly failed: (error: unknown) => void;
}

/** The longest that a timer can wait, in ms. */
const MAX_WAIT = 2 ** 31 - 1;
/** The least time before somebody is asked again, whatever the clocks say. */
const MIN_WAIT = 200;

export function createDoorkeeper({ db, attachments, failed }: DoorkeeperDependencies): Doorkeeper {
  const closing = new AbortController();
  /** All who are known, whether or not they have attached anything. */
  const seated = new Map<Peer, NodeJS.Timeout | undefined>();
  let heard = 0;

  const revoke = (
    concerned: Concerned,
    peers: () => readonly Peer[],
    connections: () => readonly Connection[],
  ): Promise<void> => insist(() => closeRevoked(db, peers(), connections(), concerned), failed, closing.signal);

  /** It may have been prolonged when its time is over. */
  function askInTime(peer: Peer, { until }: PeerSession): void {
    if (until === undefined || !seated.has(peer)) return;
    const wait = Math.min(Math.max(until - Date.now(), MIN_WAIT), MAX_WAIT);
    seated.set(peer, setTimeout(() => void askAgain(peer), wait).unref());
  }

  const askAgain = (peer: Peer): Promise<void> =>
    insist(
      async () => {
        const session = await goesOn(peer);
        if (session !== undefined) askInTime(peer, session);
      },
      failed,
      closing.signal,
    );

  return {
    seat(peer, socket) {
      seated.set(peer, undefined);
      socket.once("close", () => {
        clearTimeout(seated.get(peer));
        seated.delete(peer);
      });
      // The session may have ended since it was looked up, and the bell found nobody here.
      void askAgain(peer);
    },
    seated: () => [...seated.keys()],
    heard: () => heard,
    changed(concerned) {
      heard += 1;
      void revoke(concerned, () => [...seated.keys()], attachments.all);
    },
    review: (connection) =>
      revoke(
        anything,
        () => [peerOf(connection)],
        () => [connection],
      ),
    close() {
      closing.abort();
      for (const { end } of seated.keys()) end(1012, "restarting");
    },
  };
}
