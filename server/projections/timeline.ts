import { sql, type Kysely } from "kysely";

import { createFold } from "#shared/entries/fold.ts";
import { keyOf } from "#shared/entries/kind.ts";
import { kindOf } from "#shared/entries/kinds.ts";
import type { Row } from "#shared/entries/row.ts";
import type { EntryId } from "#shared/ids.ts";
import { settleHidings } from "#server/cases/hidden.ts";
import type { Database } from "#server/database/types.ts";

import { entriesAround, forgetErased, forgetPositions, rememberEntries, targetsOf, type Name } from "./entries.ts";
import type { Changes, ProjectedDocument, Projection } from "./projection.ts";
import { recounting, rememberActs, type Deed } from "./figures.ts";
import { givenAt, replaceMessages } from "./messages.ts";

/**
 * Messages as people see them. Entries are stored as they come, then whatever they touch is folded anew from all that is
 * stored about it, by the same fold that the client uses: so order, repetition and restarts make no difference.
 */
export const timeline: Projection = {
  name: "timeline",
  version: 2,
  of: ["channel", "dm"],

  async project(trx, document, changes) {
    const gone = await forget(trx, document, changes);
    await rememberEntries(trx, document, changes.added);

    const touched = [...changes.added.map(({ author, entry }) => ({ author, id: entry.id, value: entry })), ...gone];
    const names = distinct(touched.flatMap(({ author, id, value }) => [{ author, id }, ...targetsOf(value)]));
    const change = () => refold(trx, document.id, names);
    // What people say to each other in conversations is nobody's to count.
    if (document.kind !== "channel") return void (await change());
    await rememberActs(trx, document.id, changes.added);
    await recounting(trx, document.id, names, change);
    await settleHidings(trx, document.id, changes.added);
  },

  empty: async (trx) =>
    void (await sql`
      truncate entry, entry_about, message, reaction, mention, activity, activity_day, resonance, moderation_act`.execute(
      trx,
    )),
};

async function forget(trx: Kysely<Database>, document: ProjectedDocument, { added, removed }: Changes) {
  const erased = added.flatMap(({ entry }) => kindOf(entry).erases?.(entry) ?? []);
  return [...(await forgetPositions(trx, document.name, removed)), ...(await forgetErased(trx, document.id, erased))];
}

const distinct = (names: readonly Name[]): readonly Name[] => [
  ...new Map(names.map(({ author, id }) => [`${author} ${id}`, { author, id }])).values(),
];

/** Answers what was done by these messages and the reactions to them. */
async function refold(trx: Kysely<Database>, channel: string, names: readonly Name[]): Promise<readonly Deed[]> {
  if (names.length === 0) return [];
  const openedAt = await readOpenings(trx, channel);
  const fold = createFold((segment) => openedAt.get(segment) ?? 0);
  const entries = await entriesAround(trx, channel, names);
  entries.forEach((placed) => fold.add(placed));

  const rows = names.map(({ author, id }) => fold.row(keyOf(author, id as EntryId)));
  return replaceMessages(trx, channel, names, rows.filter(isShown), givenAt(entries));
}

/** Notices of the server are left out: nobody searches or counts them. */
const isShown = (row: Row | undefined): row is Row =>
  row !== undefined && (row.kind === "message" || row.kind === "removed");

async function readOpenings(trx: Kysely<Database>, channel: string): Promise<ReadonlyMap<number, number>> {
  const rows = await trx
    .selectFrom("document")
    .select(["segment", "opened_at"])
    .where("channel_id", "=", channel)
    .execute();
  return new Map(rows.map(({ segment, opened_at }) => [segment, opened_at]));
}
