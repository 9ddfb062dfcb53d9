import { sql, type Kysely, type Transaction } from "kysely";

import type { MemberId } from "#shared/ids.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import { record } from "#server/audit/record.ts";
import type { Database } from "#server/database/types.ts";
import type { Consequences } from "#server/documents/authority-change.ts";

import { endAccessTokens } from "./access-tokens.ts";
import { createPerson } from "./create-person.ts";
import { lockAdmins } from "./first-admin.ts";
import { issueLink, type OneTimeLink } from "./one-time-links.ts";
import { endSessions } from "./sessions.ts";

/** What the platform's administrators do with accounts. Whoever calls these does so inside `asAdmin`. */

const nobody: Result<never, Failure> = fail({ kind: "not-found" });

/** An account without a password, and the link with which its person chooses one. */
export async function createAccount(
  trx: Kysely<Database>,
  consequences: Consequences,
  actor: MemberId,
  { login, name }: { readonly login: string; readonly name: string },
): Promise<Result<OneTimeLink & { readonly id: MemberId }, Failure>> {
  const id = await createPerson(trx, consequences, { login, name, platformAdmin: false, by: actor });
  return id.ok ? ok({ id: id.value, ...(await issueLink(trx, "reset", id.value)) }) : id;
}

/** A link with which a person chooses a new password, where mail cannot bring it. */
export async function resetLink(
  trx: Kysely<Database>,
  actor: MemberId,
  person: MemberId,
): Promise<Result<OneTimeLink, Failure>> {
  const known = await held(trx, person);
  if (known === undefined || known.login === null || known.disabled_at !== null) return nobody;
  await record(trx, { actor, act: "person.reset-link", target: { kind: "person", id: person } });
  return ok(await issueLink(trx, "reset", person));
}

interface AccountChange {
  readonly disabled?: boolean | undefined;
  readonly platformAdmin?: boolean | undefined;
}

/** Whether somebody may sign in, and whether they run this place. There is always an admin who can. */
export async function changeAccount(
  trx: Transaction<Database>,
  consequences: Consequences,
  actor: MemberId,
  person: MemberId,
  change: AccountChange,
): Promise<Result<undefined, Failure>> {
  await lockAdmins(trx);
  const before = await held(trx, person);
  if (before === undefined) return nobody;
  // An identity that nobody has claimed signs in nowhere, and could not be an admin.
  if (before.login === null && change.platformAdmin === true) return fail({ kind: "forbidden" });

  if (change.platformAdmin !== undefined && change.platformAdmin !== before.platform_admin)
    await setPlatformRole(trx, actor, person, change.platformAdmin);
  if (change.disabled !== undefined && change.disabled !== (before.disabled_at !== null))
    await setDisabled(trx, consequences, actor, person, change.disabled);
  consequences.people(person);
  return (await hasActingAdmin(trx)) ? ok(undefined) : fail({ kind: "last-admin" });
}

async function setPlatformRole(trx: Kysely<Database>, actor: MemberId, id: MemberId, admin: boolean): Promise<void> {
  await trx.updateTable("person").set({ platform_admin: admin }).where("id", "=", id).execute();
  const details = { from: admin ? "member" : "admin", to: admin ? "admin" : "member" };
  await record(trx, { actor, act: "person.platform-role", target: { kind: "person", id }, details });
}

async function setDisabled(
  trx: Kysely<Database>,
  consequences: Consequences,
  actor: MemberId,
  id: MemberId,
  disabled: boolean,
): Promise<void> {
  const disabled_at = disabled ? sql<Date>`now()` : null;
  await trx.updateTable("person").set({ disabled_at }).where("id", "=", id).execute();
  if (disabled) await endEverything(trx, consequences, id);
  await record(trx, { actor, act: disabled ? "person.disable" : "person.enable", target: { kind: "person", id } });
}

/** Signs somebody out everywhere, their programs too. */
export async function signOutEverywhere(
  trx: Kysely<Database>,
  consequences: Consequences,
  actor: MemberId,
  person: MemberId,
): Promise<Result<undefined, Failure>> {
  if ((await held(trx, person)) === undefined) return nobody;
  await endEverything(trx, consequences, person);
  await record(trx, { actor, act: "person.end-sessions", target: { kind: "person", id: person } });
  return ok(undefined);
}

/** Links that were made for them void too: else one would open what was just closed. */
async function endEverything(trx: Kysely<Database>, consequences: Consequences, person: MemberId): Promise<void> {
  await endSessions(trx, consequences, person);
  await endAccessTokens(trx, consequences, person);
  await trx.deleteFrom("one_time_link").where("person_id", "=", person).execute();
}

/** The person, held until the transaction ends. */
const held = (trx: Kysely<Database>, person: MemberId) =>
  trx
    .selectFrom("person")
    .select(["login", "platform_admin", "disabled_at"])
    .where("id", "=", person)
    .forUpdate()
    .executeTakeFirst();

const hasActingAdmin = async (trx: Kysely<Database>): Promise<boolean> =>
  (await trx
    .selectFrom("person as p")
    .innerJoin("password as w", "w.person_id", "p.id")
    .select("p.id")
    .where("p.platform_admin", "=", true)
    .where("p.disabled_at", "is", null)
    .limit(1)
    .executeTakeFirst()) !== undefined;
