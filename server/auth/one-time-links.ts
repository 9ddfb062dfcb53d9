import { sql, type Kysely } from "kysely";

import type { MemberId } from "#shared/ids.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import type { Database } from "#server/database/types.ts";

import { hashToken, newToken } from "#server/database/tokens.ts";

type Purpose = "first-admin" | "reset" | "sign-in";

/** In hours. */
const LIFE: Readonly<Record<Purpose, number>> = { "first-admin": 24 * 7, reset: 24, "sign-in": 24 };

export interface OneTimeLink {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Makes a link that works once. A newer one voids the older of the same person and purpose. */
export async function issueLink(
  trx: Kysely<Database>,
  purpose: Purpose,
  person: MemberId | null,
): Promise<OneTimeLink> {
  await trx
    .deleteFrom("one_time_link")
    .where("purpose", "=", purpose)
    .where((eb) => (person === null ? eb("person_id", "is", null) : eb("person_id", "=", person)))
    .execute();

  const token = newToken();
  const expiresAt = new Date(Date.now() + LIFE[purpose] * 3_600_000);
  await trx
    .insertInto("one_time_link")
    .values({ id: hashToken(token), purpose, person_id: person, expires_at: expiresAt })
    .execute();
  return { token, expiresAt };
}

/** Uses a link up, and answers whose it is. One answer for an unknown, an expired and a used one; of two at once one gets it. */
export async function spendLink(
  trx: Kysely<Database>,
  purpose: Purpose,
  token: string,
): Promise<Result<MemberId | null, Failure>> {
  const used = await trx
    .updateTable("one_time_link")
    .set({ used_at: sql`now()` })
    .where("id", "=", hashToken(token))
    .where("purpose", "=", purpose)
    .where("used_at", "is", null)
    .where("expires_at", ">", sql<Date>`now()`)
    .returning("person_id")
    .executeTakeFirst();

  return used === undefined ? fail({ kind: "link-void" }) : ok(used.person_id as MemberId | null);
}
