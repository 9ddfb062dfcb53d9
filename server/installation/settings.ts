import type { Kysely } from "kysely";

import { settings, type Settings } from "#shared/protocol/http/admin/installation.ts";
import { can } from "#shared/permissions/can.ts";
import type { MemberId } from "#shared/ids.ts";
import { changedFields, record } from "#server/audit/record.ts";
import type { Database } from "#server/database/types.ts";

/** What holds where nobody has decided otherwise. */
const standard: Settings = { name: "Folkmoot", signUp: "open", founding: "everybody", deletionDays: 7 };

/**
 * What the installation's administrators have decided. Read from the tables by whoever asks, so that it holds on every
 * node as soon as it is committed. What this release cannot read counts as undecided.
 */
export async function readSettings(db: Kysely<Database>): Promise<Settings> {
  const rows = await db.selectFrom("setting").select(["name", "value"]).execute();
  const decided = rows.filter(({ name, value }) => isReadable(name, value)).map(({ name, value }) => [name, value]);
  return { ...standard, ...(Object.fromEntries(decided) as Partial<Settings>) };
}

/** Whether somebody may found a community here, as the tables have it now. */
export async function mayFound(db: Kysely<Database>, id: MemberId): Promise<boolean> {
  const joinable = (await readSettings(db)).founding === "everybody";
  const person = await db
    .selectFrom("person")
    .select("platform_admin")
    .where("id", "=", id)
    .where("disabled_at", "is", null)
    .executeTakeFirst();
  const actor = { id, platformAdmin: person?.platform_admin === true, inside: false };
  return person !== undefined && can(actor, "community.create", { place: "platform", joinable });
}

const isReadable = (name: string, value: unknown): boolean =>
  Object.hasOwn(settings.shape, name) && settings.shape[name as keyof Settings].safeParse(value).success;

export async function changeSettings(
  trx: Kysely<Database>,
  actor: MemberId,
  change: { readonly [Name in keyof Settings]?: Settings[Name] | undefined },
): Promise<Settings> {
  const before = await readSettings(trx);
  const fields = changedFields(change) as (keyof Settings)[];
  for (const name of fields) {
    const value = JSON.stringify(change[name]);
    await trx
      .insertInto("setting")
      .values({ name, value })
      .onConflict((conflict) => conflict.column("name").doUpdateSet({ value }))
      .execute();
  }
  const after = await readSettings(trx);
  const details = fields.map((name) => [name, `${before[name]} → ${after[name]}`]);
  const target = { kind: "platform", id: "settings" } as const;
  await record(trx, { actor, act: "settings.change", target, details: Object.fromEntries(details) });
  return after;
}
