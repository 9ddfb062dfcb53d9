import type { Transaction } from "kysely";

import type { MemberId } from "#shared/ids.ts";
import { can } from "#shared/permissions/can.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, type Result } from "#shared/result.ts";
import type { Database } from "#server/database/types.ts";
import type { Consequences } from "#server/documents/authority-change.ts";

type Command<Value> = (trx: Transaction<Database>, consequences: Consequences) => Promise<Result<Value, Failure>>;

/**
 * A command that only the platform's administrators may give: it runs where the actor is one when it is committed. They
 * stay one until then; for everybody else there is no such thing.
 */
export const asAdmin =
  <Value>(actor: MemberId, command: Command<Value>): Command<Value> =>
  async (trx, consequences) =>
    (await isAdmin(trx, actor)) ? command(trx, consequences) : fail({ kind: "not-found" });

async function isAdmin(trx: Transaction<Database>, id: MemberId): Promise<boolean> {
  const person = await trx
    .selectFrom("person")
    .select("platform_admin")
    .where("id", "=", id)
    .where("disabled_at", "is", null)
    .forShare()
    .executeTakeFirst();
  const actor = { id, platformAdmin: person?.platform_admin === true, inside: false };
  return person !== undefined && can(actor, "platform.administer", { place: "platform" });
}
