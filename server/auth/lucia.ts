import { randomUUID } from "node:crypto";

import type { Kysely } from "kysely";
import { Lucia, TimeSpan, type Adapter, type DatabaseSession, type DatabaseUser } from "lucia";

import type { Database } from "#server/database/types.ts";

import { hashToken } from "#server/database/tokens.ts";

/** A session ends when it was not used for this long, */
const IDLE = new TimeSpan(30, "d");
/** and this long after it began, however much it was used. */
const LIFETIME = new TimeSpan(180, "d");

interface SessionAttributes {
  readonly handle: string;
  readonly device: string;
  readonly seenAt: Date;
}

interface UserAttributes {
  readonly name: string;
  readonly login: string;
  readonly platformAdmin: boolean;
}

declare module "lucia" {
  interface Register {
    Lucia: Sessions;
    DatabaseSessionAttributes: SessionAttributes;
    DatabaseUserAttributes: UserAttributes;
  }
}

type Sessions = Lucia<SessionAttributes, UserAttributes>;

/** The only file that knows how Lucia is called. A `secure` one is for https and binds its cookie to this very host. */
export const createLucia = (db: Kysely<Database>, secure: boolean): Sessions =>
  new Lucia(createAdapter(db), {
    sessionExpiresIn: IDLE,
    sessionCookie: {
      name: secure ? "__Host-folkmoot" : "folkmoot",
      attributes: { secure, sameSite: "lax", path: "/" },
    },
    getSessionAttributes: (attributes) => attributes,
    getUserAttributes: (attributes) => attributes,
  });

export const newSession = (device: string): SessionAttributes => ({ handle: randomUUID(), device, seenAt: new Date() });

/** Keeps the hash of the token in place of the token, and ends what is too old. */
const createAdapter = (db: Kysely<Database>): Adapter => ({
  async getSessionAndUser(token) {
    const row = await db
      .selectFrom("session as s")
      .innerJoin("person as p", "p.id", "s.person_id")
      .select([
        "p.id as userId",
        "s.handle",
        "s.device",
        "s.seen_at as seenAt",
        "s.expires_at as expiresAt",
        "p.name",
        "p.login",
        "p.platform_admin as platformAdmin",
      ])
      .where("s.id", "=", hashToken(token))
      .where("s.created_at", ">", new Date(Date.now() - LIFETIME.milliseconds()))
      .where("p.disabled_at", "is", null)
      .executeTakeFirst();
    if (row === undefined) return [null, null];

    const { userId, handle, device, seenAt, expiresAt, name, login, platformAdmin } = row;
    const session: DatabaseSession = { id: token, userId, expiresAt, attributes: { handle, device, seenAt } };
    const user: DatabaseUser = { id: userId, attributes: { name, login: login ?? "", platformAdmin } };
    return [session, user];
  },
  async getUserSessions(userId) {
    const rows = await db.selectFrom("session").selectAll().where("person_id", "=", userId).execute();
    return rows.map(({ id, expires_at, seen_at, handle, device }) => ({
      id,
      userId,
      expiresAt: expires_at,
      attributes: { handle, device, seenAt: seen_at },
    }));
  },
  async setSession({ id, userId, expiresAt, attributes }) {
    const { handle, device } = attributes;
    await db
      .insertInto("session")
      .values({ id: hashToken(id), person_id: userId, expires_at: expiresAt, handle, device })
      .execute();
  },
  async updateSessionExpiration(token, expiresAt) {
    await db.updateTable("session").set({ expires_at: expiresAt }).where("id", "=", hashToken(token)).execute();
  },
  async deleteSession(token) {
    await db.deleteFrom("session").where("id", "=", hashToken(token)).execute();
  },
  async deleteUserSessions(userId) {
    await db.deleteFrom("session").where("person_id", "=", userId).execute();
  },
  async deleteExpiredSessions() {
    await db.deleteFrom("session").where("expires_at", "<=", new Date()).execute();
  },
});
