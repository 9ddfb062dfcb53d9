import type { Connection } from "@hocuspocus/server";
import type { Kysely } from "kysely";
import * as z from "zod/mini";

import { memberId, type MemberId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";

import { readable } from "./admission.ts";
import { byPerson } from "./attachments.ts";
import { peerOf } from "./peer.ts";

/** The PostgreSQL channel on which it is told that authority has changed. */
export const AUTHORITY = "authority";

const change = z.object({ people: z.optional(z.array(memberId)) });

/** Whose rights may have changed; everybody's where nobody is named or the message cannot be read. */
export function whoseAuthority(payload: string): ReadonlySet<MemberId> | "everybody" {
  try {
    const parsed = change.safeParse(JSON.parse(payload));
    return parsed.success && parsed.data.people !== undefined ? new Set(parsed.data.people) : "everybody";
  } catch {
    return "everybody";
  }
}

/** Closes what people have attached and may no longer read, and the sockets of sessions that have ended. */
export async function closeRevoked(db: Kysely<Database>, connections: readonly Connection[], people: ReadonlySet<MemberId> | "everybody"): Promise<void> {
  const concerned = [...byPerson(connections)].filter(([person]) => people === "everybody" || people.has(person as MemberId));
  await Promise.all(concerned.map(([person, own]) => closeRevokedOf(db, person as MemberId, own)));
}

async function closeRevokedOf(db: Kysely<Database>, person: MemberId, connections: readonly Connection[]): Promise<void> {
  await Promise.all([...new Set(connections.map(peerOf))].map(endIfOver));

  const allowed = await readable(db, person, connections.map(({ document }) => document.name));
  for (const connection of connections) {
    if (!allowed.has(connection.document.name)) connection.close({ code: 4403, reason: "not-a-member" });
  }
}

async function endIfOver({ revalidate, end }: ReturnType<typeof peerOf>): Promise<void> {
  if ((await revalidate()) === undefined) end(4401, "session-ended");
}
