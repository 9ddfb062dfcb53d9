import { sql, type Kysely } from "kysely";

import type { MemberId } from "#shared/ids.ts";
import { can } from "#shared/permissions/can.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import { record } from "#server/audit/record.ts";
import type { Database } from "#server/database/types.ts";
import { readCursor, writeCursor } from "#server/database/cursor.ts";

import { issueLink, type OneTimeLink } from "./one-time-links.ts";
import type { Person } from "./sessions.ts";

const PAGE = 50;

/** Of the thousands that an import brings nobody signs in, so they come last. */
const place = sql<string>`((login is null)::integer || lower(name)) collate "C"`;

/** Everybody on this installation, by name. For those who may reset passwords; for others there is no such thing. */
export async function accounts(
  db: Kysely<Database>,
  asker: Person,
  { q = "", after }: { readonly q?: string | undefined; readonly after?: string | undefined },
) {
  if (!mayReset(asker)) return fail({ kind: "not-found" } as const);
  const [from, id] = readCursor(after, 2) ?? ["", ""];

  const rows = await db
    .selectFrom("person")
    .select(["id", "login", "name", "platform_admin", "created_at", place.as("place")])
    .where(sql<boolean>`(${q} = '' or position(lower(${q}) in lower(name)) > 0 or login = lower(${q}))`)
    .where(sql<boolean>`(${place}, id::text collate "C") > (${from}, ${id})`)
    .orderBy("place")
    .orderBy("id")
    .limit(PAGE + 1)
    .execute();

  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  return ok({
    accounts: rows.slice(0, PAGE).map((row) => ({
      id: row.id as MemberId,
      login: row.login,
      name: row.name,
      platformAdmin: row.platform_admin,
      createdAt: row.created_at.getTime(),
    })),
    next: last && writeCursor([last.place, last.id]),
  });
}

/** A link with which a person chooses a new password, where mail cannot bring it. */
export async function resetLink(
  trx: Kysely<Database>,
  asker: Person,
  person: MemberId,
): Promise<Result<OneTimeLink, Failure>> {
  if (!mayReset(asker)) return fail({ kind: "not-found" });
  const known = await trx
    .selectFrom("person")
    .select("id")
    .where("id", "=", person)
    .where("login", "is not", null)
    .executeTakeFirst();
  if (known === undefined) return fail({ kind: "not-found" });
  await record(trx, { actor: asker.id, act: "person.reset-link", target: { kind: "person", id: person } });
  return ok(await issueLink(trx, "reset", person));
}

const mayReset = ({ id, platformAdmin }: Person): boolean =>
  can({ id, platformAdmin, inside: false }, "person.reset", { place: "platform" });
