import { sql, type Kysely } from "kysely";

import type { MemberId } from "#shared/ids.ts";
import { record } from "#server/audit/record.ts";
import type { Database } from "#server/database/types.ts";
import type { Consequences } from "#server/documents/authority-change.ts";

import { createLucia, newSession } from "./lucia.ts";

/** Somebody signed in, on one of their devices. */
export interface Session {
  /** Public: to list and to end it by. */
  readonly handle: string;
  readonly person: Person;
  /** When it ends by itself, unless it is used before; in ms since 1970. */
  readonly until: number;
  /** A cookie to send along, where the session was just prolonged. */
  readonly cookie: string | undefined;
}

export interface Person {
  readonly id: MemberId;
  readonly name: string;
  readonly login: string;
  readonly platformAdmin: boolean;
}

export interface Sessions {
  /** The session that a request's cookies open. Undefined for none, an ended one, or one of somebody disabled. */
  find(cookies: string | undefined): Promise<Session | undefined>;
  /** Begins one, and answers the cookie that opens it. Whatever session the cookies opened before ends. */
  begin(
    person: MemberId,
    device: string,
    cookies: string | undefined,
  ): Promise<{ readonly session: Session; readonly cookie: string }>;
  /** Ends the one that the cookies open, and answers the cookie that forgets it. */
  end(cookies: string | undefined): Promise<string>;
  /** Deletes what has expired. */
  sweep(): Promise<void>;
}

/** When somebody was last seen is kept to the minute: not every request needs to write. */
const SEEN_EVERY = 60_000;

/** Two sets of sessions: a browser sends a `__Host-` cookie over https only, and such a cookie is never taken from http. */
export function createSessions(db: Kysely<Database>, secure: boolean): Sessions {
  const lucia = createLucia(db, secure);
  const tokenIn = (cookies: string | undefined): string | null =>
    cookies === undefined ? null : lucia.readSessionCookie(cookies);

  async function forget(cookies: string | undefined): Promise<void> {
    const token = tokenIn(cookies);
    if (token !== null) await lucia.invalidateSession(token);
  }

  async function opened(token: string): Promise<Session | undefined> {
    const { session, user } = await lucia.validateSession(token);
    if (session === null) return undefined;
    if (Date.now() - session.seenAt.getTime() > SEEN_EVERY) await touch(db, session.handle);

    const { id, name, login, platformAdmin } = user;
    return {
      handle: session.handle,
      person: { id: id as MemberId, name, login, platformAdmin },
      until: session.expiresAt.getTime(),
      cookie: session.fresh ? lucia.createSessionCookie(session.id).serialize() : undefined,
    };
  }

  return {
    async find(cookies) {
      const token = tokenIn(cookies);
      return token === null ? undefined : opened(token);
    },
    async begin(person, device, cookies) {
      await forget(cookies);
      const { id: token } = await lucia.createSession(person, newSession(device));
      const session = await opened(token);
      if (session === undefined) throw new Error("the session ended as it began");
      return { session, cookie: lucia.createSessionCookie(token).serialize() };
    },
    async end(cookies) {
      await forget(cookies);
      return lucia.createBlankSessionCookie().serialize();
    },
    sweep: () => lucia.deleteExpiredSessions(),
  };
}

async function touch(db: Kysely<Database>, handle: string): Promise<void> {
  await db
    .updateTable("session")
    .set({ seen_at: sql`now()` })
    .where("handle", "=", handle)
    .execute();
}

/** Where a person is signed in, last seen first. */
export async function sessionsOf(db: Kysely<Database>, person: MemberId) {
  const rows = await db
    .selectFrom("session")
    .select(["handle", "device", "created_at", "seen_at"])
    .where("person_id", "=", person)
    .where("expires_at", ">", sql<Date>`now()`)
    .orderBy("seen_at", "desc")
    .execute();

  return rows.map(({ handle, device, created_at, seen_at }) => ({
    handle,
    device,
    createdAt: created_at.getTime(),
    seenAt: seen_at.getTime(),
  }));
}

/** Ends one of a person's sessions; false where they have no such. */
export async function endSession(
  trx: Kysely<Database>,
  consequences: Consequences,
  person: MemberId,
  handle: string,
): Promise<boolean> {
  const ended = await trx
    .deleteFrom("session")
    .where("person_id", "=", person)
    .where("handle", "=", handle)
    .executeTakeFirst();
  if (ended.numDeletedRows === 0n) return false;
  await record(trx, { actor: person, act: "person.end-session", target: { kind: "person", id: person } });
  consequences.sessionsEnded(handle);
  return true;
}

/** Ends all of a person's sessions. */
export async function endSessions(trx: Kysely<Database>, consequences: Consequences, person: MemberId): Promise<void> {
  const ended = await trx.deleteFrom("session").where("person_id", "=", person).returning("handle").execute();
  consequences.sessionsEnded(...ended.map(({ handle }) => handle));
}
