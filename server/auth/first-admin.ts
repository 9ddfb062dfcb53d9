import { sql, type Kysely, type Transaction } from "kysely";

import type { MemberId } from "#shared/ids.ts";
import { links } from "#shared/protocol/links.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, type Result } from "#shared/result.ts";
import type { Database } from "#server/database/types.ts";
import type { Consequences } from "#server/documents/authority-change.ts";

import { createPerson, type NewPerson } from "./create-person.ts";
import { issueLink, spendLink } from "./one-time-links.ts";

/** The link with which the operator becomes the platform's first admin; undefined once there is one. Voids the one made before. */
export const firstAdminLink = (db: Kysely<Database>, publicUrl: string): Promise<string | undefined> =>
  db.transaction().execute(async (trx) => {
    await lockAdmins(trx);
    if (await hasAdmin(trx)) return undefined;
    const { token } = await issueLink(trx, "first-admin", null);
    return links.firstAdmin(publicUrl, token);
  });

/** Makes the first admin. Nobody becomes one in another way, and nobody does where there is one. */
export async function becomeFirstAdmin(
  trx: Transaction<Database>,
  consequences: Consequences,
  { token, ...person }: Omit<NewPerson, "platformAdmin" | "by"> & { readonly token: string },
): Promise<Result<MemberId, Failure>> {
  await lockAdmins(trx);
  const link = await spendLink(trx, "first-admin", token);
  if (!link.ok) return link;
  if (await hasAdmin(trx)) return fail({ kind: "link-void" });

  return createPerson(trx, consequences, { ...person, platformAdmin: true });
}

/** Whoever changes who is an admin waits here for whoever else does. */
export const lockAdmins = (trx: Kysely<Database>) =>
  sql`select pg_advisory_xact_lock(hashtext('first-admin'))`.execute(trx);

const hasAdmin = async (trx: Kysely<Database>): Promise<boolean> =>
  (await trx.selectFrom("person").select("id").where("platform_admin", "=", true).limit(1).executeTakeFirst()) !==
  undefined;
