import type { Kysely } from "kysely";
import { v7 as uuid } from "uuid";

import { homeOf, type ChannelId, type MemberId } from "#shared/ids.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { record } from "#server/audit/record.ts";
import type { Database } from "#server/database/types.ts";
import type { Consequences } from "#server/documents/authority-change.ts";
import { openLog } from "#server/documents/open.ts";

import { hashPassword } from "./passwords.ts";

export interface NewPerson {
  readonly login: string;
  /** Without one the person chooses it with a link. */
  readonly password?: string;
  readonly name: string;
  readonly platformAdmin: boolean;
  /** Who makes the account, where it is not the person. */
  readonly by?: MemberId;
}

/** A person with a home and a place for saved messages. Fails where the login is somebody's. */
export async function createPerson(
  trx: Kysely<Database>,
  consequences: Consequences,
  person: NewPerson,
): Promise<Result<MemberId, Failure>> {
  const hash = person.password === undefined ? undefined : await hashPassword(person.password);
  const id = uuid() as MemberId;

  const made = await trx
    .insertInto("person")
    .values({ id, login: person.login, name: person.name, platform_admin: person.platformAdmin })
    .onConflict((conflict) => conflict.column("login").doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows !== 1n)
    return fail({ kind: "login-unavailable", fields: [{ field: "login", problem: "invalid" }] });

  if (hash !== undefined) await trx.insertInto("password").values({ person_id: id, hash }).execute();
  await openLog(trx, { kind: "user", id: homeOf(id) });
  await openSavedMessages(trx, id);
  const act = person.platformAdmin ? "person.first-admin" : "person.create";
  await record(trx, { actor: person.by ?? id, act, target: { kind: "person", id } });
  consequences.people(id);
  return ok(id);
}

async function openSavedMessages(trx: Kysely<Database>, person: MemberId): Promise<void> {
  const id = uuid() as ChannelId;
  await trx
    .insertInto("channel")
    .values({ id, kind: "saved", community_id: null, pair: person, archived_at: null })
    .execute();
  await trx.insertInto("participant").values({ channel_id: id, person_id: person }).execute();
  await openLog(trx, { kind: "dm", id });
}
