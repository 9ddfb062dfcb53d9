import { randomUUID } from "node:crypto";

import { sql, type Kysely } from "kysely";

import type { MemberId } from "#shared/ids.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import { record } from "#server/audit/record.ts";
import type { Database } from "#server/database/types.ts";
import { hashToken, newToken } from "#server/database/tokens.ts";
import type { Consequences } from "#server/documents/authority-change.ts";

/** A program that may open a person's documents. */
export interface AccessToken {
  /** Public: to list and to revoke it by. */
  readonly handle: string;
  readonly person: MemberId;
  /** In ms since 1970. */
  readonly until: number | undefined;
}

interface Wish {
  readonly name: string;
  /** In ms since 1970. */
  readonly expiresAt?: number | undefined;
}

const MAX_TOKENS = 50;
/** Found by those who look for secrets in places where they do not belong. */
const PREFIX = "folkmoot_";
/** When a token was last used is kept to the minute. */
const USED_EVERY = 60_000;

/** Makes a token for one person and one incarnation. It is told this once: the tables keep its hash. */
export async function makeAccessToken(
  trx: Kysely<Database>,
  person: MemberId,
  incarnation: string,
  { name, expiresAt }: Wish,
): Promise<Result<{ readonly token: string; readonly handle: string }, Failure>> {
  if (expiresAt !== undefined && expiresAt <= Date.now())
    return fail({ kind: "invalid", fields: [{ field: "expiresAt", problem: "invalid" }] });
  // Two at once wait for one another here, so that they cannot pass the limit together.
  await trx.selectFrom("person").select("id").where("id", "=", person).forUpdate().execute();
  if ((await linesOf(trx, person)).length >= MAX_TOKENS) return fail({ kind: "too-many" });

  const token = `${PREFIX}${newToken()}`;
  const handle = randomUUID();
  const expires_at = expiresAt === undefined ? null : new Date(expiresAt);
  await trx
    .insertInto("access_token")
    .values({ id: hashToken(token), person_id: person, handle, name, incarnation, expires_at })
    .execute();
  await record(trx, { actor: person, act: "token.make", target: { kind: "token", id: handle } });
  return ok({ token, handle });
}

/** Whose token this is. One answer for an unknown, a revoked and an expired one, one of somebody disabled, and one of another incarnation. */
export async function findAccessToken(
  db: Kysely<Database>,
  token: string,
  incarnation: string,
): Promise<AccessToken | undefined> {
  const row = await db
    .selectFrom("access_token as t")
    .innerJoin("person as p", "p.id", "t.person_id")
    .select(["t.id", "t.handle", "t.person_id", "t.expires_at", "t.used_at"])
    .where("t.id", "=", hashToken(token))
    .where("t.incarnation", "=", incarnation)
    .where((eb) => eb.or([eb("t.expires_at", "is", null), eb("t.expires_at", ">", sql<Date>`now()`)]))
    .where("p.disabled_at", "is", null)
    .executeTakeFirst();
  if (row === undefined) return undefined;

  if (Date.now() - (row.used_at?.getTime() ?? 0) > USED_EVERY) await touch(db, row.id);
  return { handle: row.handle, person: row.person_id as MemberId, until: row.expires_at?.getTime() };
}

const touch = (db: Kysely<Database>, id: string) =>
  db
    .updateTable("access_token")
    .set({ used_at: sql`now()` })
    .where("id", "=", id)
    .execute();

/** A person's tokens, the newest first. */
export async function accessTokensOf(db: Kysely<Database>, person: MemberId, incarnation: string) {
  return (await linesOf(db, person)).map((row) => ({
    handle: row.handle,
    name: row.name,
    createdAt: row.created_at.getTime(),
    usedAt: row.used_at?.getTime(),
    expiresAt: row.expires_at?.getTime(),
    works: row.incarnation === incarnation && (row.expires_at === null || row.expires_at.getTime() > Date.now()),
  }));
}

const linesOf = (db: Kysely<Database>, person: MemberId) =>
  db
    .selectFrom("access_token")
    .select(["handle", "name", "incarnation", "created_at", "used_at", "expires_at"])
    .where("person_id", "=", person)
    .orderBy("created_at", "desc")
    .execute();

/** Revokes one of a person's tokens; false where they have no such. */
export async function revokeAccessToken(
  trx: Kysely<Database>,
  consequences: Consequences,
  person: MemberId,
  handle: string,
): Promise<boolean> {
  const revoked = await trx
    .deleteFrom("access_token")
    .where("person_id", "=", person)
    .where("handle", "=", handle)
    .executeTakeFirst();
  if (revoked.numDeletedRows === 0n) return false;
  await record(trx, { actor: person, act: "token.revoke", target: { kind: "token", id: handle } });
  consequences.sessionsEnded(handle);
  return true;
}

/** Revokes all of a person's tokens. */
export async function endAccessTokens(
  trx: Kysely<Database>,
  consequences: Consequences,
  person: MemberId,
): Promise<void> {
  const ended = await trx.deleteFrom("access_token").where("person_id", "=", person).returning("handle").execute();
  consequences.sessionsEnded(...ended.map(({ handle }) => handle));
}
