import type { Doc } from "yjs";
import type { Kysely } from "kysely";

import { parseDocumentName, SYS, type Author, type DocumentRef } from "#shared/documents/names.ts";
import type { MemberId } from "#shared/ids.ts";
import { asWritten } from "#shared/pages/as-written.ts";
import type { Database } from "#server/database/types.ts";

import { applyLog } from "./apply-log.ts";
import type { JournalRow } from "./task.ts";

/** A document in memory, at a version of its journal. */
export interface Live {
  readonly name: string;
  readonly ref: DocumentRef;
  readonly doc: Doc;
  readonly bindings: Map<number, Author>;
  /** ClientIDs that only the server goes on with. */
  readonly pens: Set<number>;
  version: number;
}

/** How we mark what we apply ourselves: Hocuspocus broadcasts it and stores nothing. */
const COMMITTED = { source: "local", skipStoreHooks: true } as const;

/** Reads a document, snapshot and journal, into `doc`. Undefined where there is no such document. */
export async function load(db: Kysely<Database>, name: string, doc: Doc): Promise<Live | undefined> {
  const live = begin(name, doc);
  return live !== undefined && (await catchUpAtOnce(db, live)) ? live : undefined;
}

/** The same in a transaction that holds the document's row. */
export async function loadHeld(trx: Kysely<Database>, name: string, doc: Doc): Promise<void> {
  const live = begin(name, doc);
  if (live !== undefined) await catchUp(trx, live);
}

function begin(name: string, doc: Doc): Live | undefined {
  const ref = parseDocumentName(name);
  if (ref === undefined) return undefined;
  if (ref.kind === "page") asWritten(doc);
  return { name, ref, doc, bindings: new Map(), pens: new Set(), version: 0 };
}

const catchUpAtOnce = (db: Kysely<Database>, live: Live): Promise<boolean> =>
  db
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute((trx) => catchUp(trx, live));

/**
 * Reads on from where a document stands: in two statements where the journal goes on there, in a transaction where it
 * was compacted in front of us.
 */
export async function readOn(db: Kysely<Database>, live: Live): Promise<void> {
  const from = live.version;
  const rows = await journalAfter(db, live.name, from);
  const last = rows.at(-1);
  if (last === undefined || rows[0]?.version !== from + 1) return void (await catchUpAtOnce(db, live));
  await readBindings(db, live);
  advance(live, last.version, undefined, rows);
}

/** Brings a document up to the newest committed version. False where it does not exist. */
export async function catchUp(trx: Kysely<Database>, live: Live): Promise<boolean> {
  const row = await trx.selectFrom("document").select("version").where("name", "=", live.name).executeTakeFirst();
  if (row === undefined) return false;
  if (row.version <= live.version) return true;

  const { state, rows } = await readBeyond(trx, live.name, live.version);
  await readBindings(trx, live);
  advance(live, row.version, state, rows);
  return true;
}

/** What a reader that stands at `version` lacks: the journal after it, or the snapshot where that is already compacted. */
export async function readBeyond(trx: Kysely<Database>, name: string, version: number) {
  const snapshot = await trx
    .selectFrom("snapshot")
    .selectAll()
    .where("document", "=", name)
    .where("version", ">", version)
    .executeTakeFirst();
  return { state: snapshot?.state, rows: await journalAfter(trx, name, snapshot?.version ?? version) };
}

const journalAfter = (db: Kysely<Database>, name: string, version: number) =>
  db
    .selectFrom("journal")
    .select(["version", "update", "author", "received"])
    .where("document", "=", name)
    .where("version", ">", version)
    .orderBy("version")
    .execute();

function advance(
  live: Live,
  version: number,
  state: Uint8Array | undefined,
  rows: readonly { readonly update: Uint8Array }[],
): void {
  live.doc.transact(() => {
    if (state !== undefined) applyLog(live.doc, state, COMMITTED);
    rows.forEach(({ update }) => applyLog(live.doc, update, COMMITTED));
  }, COMMITTED);
  live.version = Math.max(live.version, version);
}

async function readBindings(trx: Kysely<Database>, live: Live): Promise<void> {
  const rows = await trx
    .selectFrom("client")
    .select(["client_id", "member", "pen"])
    .where("document", "=", live.name)
    .execute();
  rows.forEach(({ client_id, member, pen }) => bind(live, client_id, (member as MemberId | null) ?? SYS, pen));
}

function bind(live: Live, client: number, owner: Author, pen: boolean): void {
  live.bindings.set(client, owner);
  if (pen) live.pens.add(client);
}

/** Applies one committed row to a document that stands just before it. */
export function applyRow(live: Live, { version, update, bound, penned }: JournalRow): void {
  bound.forEach(([client, owner]) => bind(live, client, owner, penned));
  applyLog(live.doc, update, COMMITTED);
  live.version = version;
}
