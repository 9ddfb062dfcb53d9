import type { Kysely } from "kysely";

import type { Database } from "#server/database/types.ts";

import { createPostgresDoorbell } from "./postgres-doorbell.ts";
import { createRedisDoorbell } from "./redis-doorbell.ts";

/** A document stands at this version of its journal. */
export interface Moved {
  readonly document: string;
  readonly version: number;
}

/** Tells every node, this one too. Does not wait and does not throw: a commit must not fail because of what comes after it. */
export type Ring = (moved: readonly Moved[]) => void;

export interface Ears {
  readonly heard: (moved: Moved) => void;
  /** Bells may have been missed. */
  readonly missed: () => void;
}

/**
 * Tells the nodes that share a database which documents have moved on. It is a hint, and carries nothing but a name and
 * a number: it may come twice, late, out of order, from a stranger or not at all, and whoever hears it asks the journal.
 */
export interface Doorbell {
  /** To be called after the commit. */
  readonly ring: Ring;
  /** Resolves when it listens. Where nothing is to be reached it resolves too, and goes on trying. */
  listen(ears: Ears): Promise<void>;
  /** Resolves when what was rung is told, as far as that is possible. */
  close(): Promise<void>;
}

export interface DoorbellPlace {
  readonly db: Kysely<Database>;
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  /** Several installations, or an installation and its restored copy, may share one Redis. */
  readonly incarnation: string;
  readonly failed: (error: unknown) => void;
}

/** In Redis where there is one, else by PostgreSQL's own notifications. */
export const openDoorbell = ({ redisUrl, incarnation, ...place }: DoorbellPlace): Doorbell =>
  redisUrl === undefined
    ? createPostgresDoorbell(place)
    : createRedisDoorbell({ url: redisUrl, channel: `folkmoot ${incarnation} journal`, failed: place.failed });
