import { sql, type Kysely } from "kysely";

import type { MemberId } from "#shared/ids.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { record } from "#server/audit/record.ts";
import type { Database } from "#server/database/types.ts";
import type { Consequences } from "#server/documents/authority-change.ts";

import { endAccessTokens } from "./access-tokens.ts";
import { hashPassword, isPassword } from "./passwords.ts";
import { endSessions } from "./sessions.ts";

/** Who signs in with this login and password. One answer, after one time, for an unknown login and a wrong password. */
export async function checkCredentials(
  db: Kysely<Database>,
  login: string,
  password: string,
): Promise<Result<MemberId, Failure>> {
  const known = await db
    .selectFrom("person as p")
    .innerJoin("password as w", "w.person_id", "p.id")
    .select(["p.id", "w.hash"])
    .where("p.login", "=", login.trim().toLowerCase())
    .where("p.disabled_at", "is", null)
    .executeTakeFirst();

  const right = await isPassword(known?.hash, password);
  return right && known !== undefined ? ok(known.id as MemberId) : fail({ kind: "sign-in-failed" });
}

/** Changes one's own password; every session and access token ends, the caller begins a new session. */
export async function changePassword(
  trx: Kysely<Database>,
  consequences: Consequences,
  person: MemberId,
  { current, password }: { readonly current: string; readonly password: string },
): Promise<Result<undefined, Failure>> {
  const stored = await trx.selectFrom("password").select("hash").where("person_id", "=", person).executeTakeFirst();
  if (!(await isPassword(stored?.hash, current)))
    return fail({ kind: "wrong-password", fields: [{ field: "current", problem: "invalid" }] });

  await setPassword(trx, consequences, person, password);
  return ok(undefined);
}

/** Whoever was signed in with the old one is out, and so is every program that they may have let in. */
export async function setPassword(
  trx: Kysely<Database>,
  consequences: Consequences,
  person: MemberId,
  password: string,
): Promise<void> {
  const hash = await hashPassword(password);
  await trx
    .insertInto("password")
    .values({ person_id: person, hash })
    .onConflict((conflict) => conflict.column("person_id").doUpdateSet({ hash, changed_at: sql`now()` }))
    .execute();
  await endSessions(trx, consequences, person);
  await endAccessTokens(trx, consequences, person);
  await record(trx, { actor: person, act: "person.password", target: { kind: "person", id: person } });
}
