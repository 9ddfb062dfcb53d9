import { sql, type Kysely } from "kysely";

import { SYS } from "#shared/documents/names.ts";
import type { EntryOf } from "#shared/entries/kinds.ts";
import { communityOfDesk, type MemberId } from "#shared/ids.ts";
import { settle } from "#server/cases/settle.ts";
import type { Database } from "#server/database/types.ts";

import type { Addition, Projection } from "./projection.ts";

/** What moderators have decided on their desks. */
export const desks: Projection = {
  name: "desks",
  version: 1,
  of: ["desk"],

  async project(trx, { id }, { added }) {
    const decisions = await byOthers(trx, added.filter(isDecision));
    if (decisions.length === 0) return;
    const received = await receipts(
      trx,
      id,
      decisions.map(({ entry }) => entry.id),
    );
    await settle(
      trx,
      decisions.map(({ author, entry }) => ({
        desk: communityOfDesk(id as Parameters<typeof communityOfDesk>[0]),
        case: entry.case,
        author: author as MemberId,
        id: entry.id,
        outcome: entry.outcome,
        until: entry.until,
        at: entry.at,
        received: received.get(`${author} ${entry.id}`) ?? entry.at,
        projected: true,
      })),
    );
  },

  empty: async (trx) => void (await trx.deleteFrom("settlement").where("projected", "=", true).execute()),
};

/** The gate does not know who appeals against a measure: nobody grants their own. */
async function byOthers<Decision extends Addition & { readonly entry: EntryOf<"decision"> }>(
  trx: Kysely<Database>,
  decisions: readonly Decision[],
): Promise<readonly Decision[]> {
  const appealed = decisions.flatMap(({ entry }) => /^appeal\/([^/]+)$/.exec(entry.case)?.[1] ?? []);
  const { rows } = await sql<{ key: string; person: string }>`
    select 'appeal/' || id as key, person_id as person from measure where id::text = any(${appealed}::text[])`.execute(
    trx,
  );
  const own = new Set(rows.map(({ key, person }) => `${key} ${person}`));
  return decisions.filter(({ author, entry }) => !own.has(`${entry.case} ${author}`));
}

const isDecision = (one: Addition): one is Addition & { readonly entry: EntryOf<"decision"> } =>
  one.author !== SYS && one.entry.kind === "decision";

async function receipts(
  trx: Kysely<Database>,
  channel: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await trx
    .selectFrom("entry_key")
    .select(["author", "id", "received"])
    .where("channel", "=", channel)
    .where("id", "in", ids)
    .execute();
  return new Map(rows.map(({ author, id, received }) => [`${author} ${id}`, received]));
}
