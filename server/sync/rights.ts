import { setTimeout } from "node:timers/promises";

import type { Connection } from "@hocuspocus/server";
import type { Kysely } from "kysely";
import * as z from "zod/mini";

import { memberId, type MemberId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";

import { readable } from "./admission.ts";
import { byPerson } from "./attachments.ts";
import { goesOn, type Peer } from "./peer.ts";

/** The PostgreSQL channel on which it is told that authority has changed. */
export const AUTHORITY = "authority";

/** Whose rights may have changed. */
export interface Concerned {
  readonly people: ReadonlySet<MemberId>;
  /** Handles of sessions and access tokens that have ended. */
  readonly sessions: ReadonlySet<string>;
  /** A whole place has changed, or what was said could not be read: everybody is asked again. */
  readonly everybody: boolean;
}

/** What is said when bells may have been missed. */
export const anything: Concerned = { people: new Set(), sessions: new Set(), everybody: true };

const change = z.object({
  people: z.array(memberId),
  communities: z.array(z.string()),
  channels: z.array(z.string()),
  sessions: z.array(z.string()),
});

export function readConcerned(payload: string): Concerned {
  try {
    const { people, communities, channels, sessions } = change.parse(JSON.parse(payload));
    return {
      people: new Set(people),
      sessions: new Set(sessions),
      everybody: communities.length + channels.length > 0,
    };
  } catch {
    return anything;
  }
}

/** Ends the sockets of sessions that have ended, and closes what people have attached and may no longer read. */
export async function closeRevoked(
  db: Kysely<Database>,
  peers: readonly Peer[],
  connections: readonly Connection[],
  concerned: Concerned,
): Promise<void> {
  const { people, sessions, everybody } = concerned;
  const isConcerned = (person: string): boolean => everybody || people.has(person as MemberId);
  // Sessions first: whoever is nobody any more is told so, and not that they are no member.
  await Promise.all(
    peers.filter(({ session }) => isConcerned(session.person) || sessions.has(session.handle)).map(goesOn),
  );
  const asked = [...byPerson(connections)].filter(([person]) => isConcerned(person));
  await Promise.all(asked.map(([person, own]) => closeUnreadable(db, person as MemberId, own)));
}

const INSIST_AFTER = 500;

/** Tries until it succeeds: nobody rings twice, and whoever was put out would go on reading. */
export async function insist(
  act: () => Promise<void>,
  failed: (error: unknown) => void,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    try {
      return await act();
    } catch (error) {
      failed(error);
      await setTimeout(INSIST_AFTER, undefined, { ref: false });
    }
  }
}

async function closeUnreadable(
  db: Kysely<Database>,
  person: MemberId,
  connections: readonly Connection[],
): Promise<void> {
  const allowed = await readable(
    db,
    person,
    connections.map(({ document }) => document.name),
  );
  for (const connection of connections) {
    if (!allowed.has(connection.document.name)) connection.close({ code: 4403, reason: "not-a-member" });
  }
}
