import type { Connection } from "@hocuspocus/server";
import type { Kysely } from "kysely";

import type { Database } from "#server/database/types.ts";

import type { Attachments } from "./attachments.ts";
import { anything, closeRevoked, insist, type Concerned } from "./rights.ts";

/** Puts out who may not be here any more, and takes from people what they may no longer read. */
export interface Doorkeeper {
  /** How many changes of authority have been heard of. */
  heard(): number;
  /** Authority has changed: those concerned are asked again. */
  changed(concerned: Concerned): void;
  /** Asks again about somebody who was coming in while a bell rang, which so found nobody to send away. */
  review(connection: Connection): Promise<void>;
  close(): void;
}

export interface DoorkeeperDependencies {
  readonly db: Kysely<Database>;
  readonly attachments: Attachments;
  readonly failed: (error: unknown) => void;
}

export function createDoorkeeper({ db, attachments, failed }: DoorkeeperDependencies): Doorkeeper {
  const closing = new AbortController();
  let heard = 0;

  const revoke = (concerned: Concerned, connections: () => readonly Connection[]): Promise<void> =>
    insist(() => closeRevoked(db, connections(), concerned), failed, closing.signal);

  return {
    heard: () => heard,
    changed(concerned) {
      heard += 1;
      void revoke(concerned, attachments.all);
    },
    review: (connection) => revoke(anything, () => [connection]),
    close: () => closing.abort(),
  };
}
