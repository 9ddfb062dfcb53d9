import { sql, type Transaction } from "kysely";
import { Doc } from "yjs";

import { SYS, type Author } from "#shared/documents/names.ts";
import type { Database } from "#server/database/types.ts";
import type { Item, Position, Range } from "#server/gate/update.ts";
import { writeUpdate } from "#server/gate/write-update.ts";

import { loadHeld } from "./live.ts";
import { createPens } from "./pens.ts";
import { valueAt } from "./value-at.ts";

/** Entries in one row of the journal: it goes to readers as one message. */
const ROW = 100;

interface State {
  readonly author: Author;
  readonly id: string;
  readonly position: Position;
  readonly value: unknown;
}

/**
 * Copies the states that stand into the segment that a home goes on in: whoever reads that one knows them all, and
 * forgets them all. Answers where they stood, which is to be deleted: what is erased there later would stay here.
 */
export async function carryStates(
  trx: Transaction<Database>,
  from: string,
  to: string,
  received: number,
): Promise<readonly Range[]> {
  const states = await standingIn(trx, from);
  const pens = createPens();
  const rows = Array.from({ length: Math.ceil(states.length / ROW) }, (_, index) =>
    states
      .slice(index * ROW, (index + 1) * ROW)
      .map((state) => ({ ...state, item: pens.compose(to, state.author, [state.value]) })),
  );
  for (const [index, row] of rows.entries()) await addRow(trx, to, index + 2, received, row);
  if (rows.length > 0)
    await trx
      .updateTable("document")
      .set({ version: rows.length + 1 })
      .where("name", "=", to)
      .execute();
  return states.map(({ position }) => ({ ...position, length: 1 }));
}

async function standingIn(trx: Transaction<Database>, document: string): Promise<readonly State[]> {
  const keys = await trx
    .selectFrom("entry_key")
    .select(["author", "id", "client_id", "clock"])
    .where("document", "=", document)
    .where("state_key", "is not", null)
    .where("state", "=", "present")
    .orderBy("author")
    .orderBy("id")
    .execute();
  const doc = new Doc();
  if (keys.length > 0) await loadHeld(trx, document, doc);
  return keys.flatMap(({ author, id, client_id: client, clock }) => {
    if (client === null || clock === null) return [];
    const [position, value] = [{ client, clock }, valueAt(doc, { client, clock })];
    return value === undefined ? [] : [{ author: author as Author, id, position, value }];
  });
}

async function addRow(
  trx: Transaction<Database>,
  document: string,
  version: number,
  received: number,
  states: readonly (State & { readonly item: Item })[],
): Promise<void> {
  const update = Buffer.from(writeUpdate({ items: states.map(({ item }) => item), deletes: [] }));
  await trx.insertInto("journal").values({ document, version, update, author: null, received }).execute();
  await sql`
    insert into client (document, client_id, member, pen)
    select distinct ${document}, client, nullif(author, ${SYS})::uuid, true
    from unnest(${states.map(({ item }) => item.client)}::bigint[], ${states.map(({ author }) => author)}::text[]) as own (client, author)
    on conflict do nothing`.execute(trx);
  await sql`
    update entry_key k set document = ${document}, client_id = own.client, clock = own.clock, version = ${version}
    from unnest(
      ${states.map(({ author }) => author)}::text[], ${states.map(({ id }) => id)}::text[],
      ${states.map(({ item }) => item.client)}::bigint[], ${states.map(({ item }) => item.clock)}::bigint[])
      as own (author, id, client, clock)
    where k.channel = (select channel_id from document where name = ${document}) and k.author = own.author and k.id = own.id`.execute(
    trx,
  );
}
