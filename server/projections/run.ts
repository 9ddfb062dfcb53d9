import { sql, type Kysely } from "kysely";

import { parseDocumentName, SYS, type Author } from "#shared/documents/names.ts";
import type { MemberId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";
import type { Update } from "#server/gate/update.ts";

import { decode, readStored } from "./decode.ts";
import type { Changes, ProjectedDocument, Projection } from "./projection.ts";
import { projectPage } from "./pages.ts";
import { projections, signature } from "./projections.ts";

/** Journal rows in one transaction: a long one would keep others waiting and lose much when it is killed. */
const MAX_ROWS = 500;

/**
 * Brings all projections of a document up to its newest version. Safe to be called by anybody at any time, also twice
 * at once; killed anywhere, the next call goes on where the last transaction ended.
 */
export async function projectDocument(db: Kysely<Database>, name: string): Promise<void> {
  const ref = parseDocumentName(name);
  if (ref === undefined) return;
  if (ref.kind === "page") return projectPage(db, name, ref);
  const document = { ...ref, name };

  for (const projection of projections.filter(({ of }) => of.includes(ref.kind))) {
    while (await projectNext(db, document, projection));
  }
}

/** Projects the next stretch of the journal. False when it was the last, or there was none left. */
const projectNext = (db: Kysely<Database>, document: ProjectedDocument, projection: Projection): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    await lockChannel(trx, document.id);
    const from = await readCheckpoint(trx, projection, document.name);
    const stretch = await readStretch(trx, document.name, from);
    if (stretch === undefined) return false;

    await projection.project(trx, document, await decodeStretch(trx, document.name, stretch));
    await writeCheckpoint(trx, projection, document.name, stretch.to);
    return stretch.hasMore;
  });

/**
 * Segments of one channel say things about each other's messages: only one of them is projected at a time. Plans that
 * are kept may date from when the tables were empty: whatever is looked up has an index.
 */
const lockChannel = (trx: Kysely<Database>, channel: string) =>
  sql`
    select set_config('enable_seqscan', 'off', true), pg_advisory_xact_lock(hashtextextended(${`project ${channel}`}, 0))`.execute(
    trx,
  );

async function readCheckpoint(trx: Kysely<Database>, projection: Projection, document: string): Promise<number> {
  const row = await trx
    .selectFrom("checkpoint")
    .select("version")
    .where("projection", "=", signature(projection))
    .where("document", "=", document)
    .executeTakeFirst();
  return row?.version ?? 0;
}

const writeCheckpoint = (trx: Kysely<Database>, projection: Projection, document: string, version: number) =>
  trx
    .insertInto("checkpoint")
    .values({ projection: signature(projection), document, version })
    .onConflict((conflict) => conflict.columns(["projection", "document"]).doUpdateSet({ version }))
    .execute();

/** Consecutive versions beyond a checkpoint. */
interface Stretch {
  readonly updates: readonly Update[];
  readonly to: number;
  /** Whether the journal may go on beyond it. */
  readonly hasMore: boolean;
}

async function readStretch(trx: Kysely<Database>, document: string, from: number): Promise<Stretch | undefined> {
  const rows = await trx
    .selectFrom("journal")
    .select(["version", "update"])
    .where("document", "=", document)
    .where("version", ">", from)
    .orderBy("version")
    .limit(MAX_ROWS)
    .execute();
  const last = rows.at(-1);
  if (last !== undefined && rows[0]?.version === from + 1)
    return {
      updates: rows.map(({ update }) => readStored(update)),
      to: last.version,
      hasMore: rows.length === MAX_ROWS,
    };

  const snapshot = await readSnapshot(trx, document, from);
  if (snapshot !== undefined) return { updates: [readStored(snapshot.state)], to: snapshot.version, hasMore: true };
  if (last !== undefined) throw new Error(`The journal of ${document} has a gap after version ${from}.`);
  return undefined;
}

const readSnapshot = (trx: Kysely<Database>, document: string, from: number) =>
  trx
    .selectFrom("snapshot")
    .select(["version", "state"])
    .where("document", "=", document)
    .where("version", ">", from)
    .executeTakeFirst();

async function decodeStretch(trx: Kysely<Database>, document: string, { updates }: Stretch): Promise<Changes> {
  const clients = [...new Set(updates.flatMap(({ items }) => items.map(({ client }) => client)))];
  const { rows } = await sql<{ client_id: number; member: MemberId | null }>`
    select client_id, member from client where document = ${document} and client_id = any(${clients}::bigint[])`.execute(
    trx,
  );
  const ownerByClient = new Map<number, Author>(rows.map(({ client_id, member }) => [client_id, member ?? SYS]));

  return decode(updates, (client) => ownerByClient.get(client) ?? unbound(document, client));
}

function unbound(document: string, client: number): Author {
  throw new Error(`The journal of ${document} holds clientID ${client}, which is bound to nobody.`);
}
