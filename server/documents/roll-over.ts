import { sql, type Kysely, type Transaction } from "kysely";

import { logDocument } from "#shared/documents/names.ts";
import type { Database } from "#server/database/types.ts";

import { carryStates } from "./carry-states.ts";
import type { Moved, Ring } from "./doorbell.ts";
import { addNote, openSegment, type Segmented } from "./open.ts";
import { rollingLog } from "./segment-size.ts";

interface RollDependencies {
  readonly db: Kysely<Database>;
  readonly ring: Ring;
}

/** Has a log go on in another segment whose present one is full. Two may do so at once: it happens once. */
export async function rollFull(deps: RollDependencies, document: string, now: number): Promise<void> {
  const log = rollingLog(document);
  if (log !== undefined) await rollOver(deps, log, log.segment, await newestIn(deps.db, document, now));
}

/**
 * Closes the head of a log and opens the next segment, in one transaction: from here on only that admits. Answers its
 * number, or nothing where another head was closed meanwhile.
 */
export async function rollOver(
  { db, ring }: RollDependencies,
  log: Segmented,
  head: number,
  openedAt: number,
): Promise<number | undefined> {
  const closed = await db.transaction().execute((trx) => close(trx, log, head, openedAt));
  if (closed === undefined) return undefined;
  ring([closed]);
  return head + 1;
}

async function close(
  trx: Transaction<Database>,
  log: Segmented,
  head: number,
  openedAt: number,
): Promise<Moved | undefined> {
  const name = logDocument(log.kind, log.id, head);
  const { version, closed } = await trx
    .selectFrom("document")
    .select(["version", "closed"])
    .where("name", "=", name)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (closed !== null) return undefined;

  const moved = { document: name, version: version + 1 };
  const now = Date.now();
  await openSegment(trx, log, head + 1, openedAt);
  const carried = log.kind === "user" ? await carryStates(trx, name, logDocument(log.kind, log.id, head + 1), now) : [];
  await trx
    .updateTable("document")
    .set({ version: moved.version, closed: head + 1, ...(carried.length > 0 && { erase_due: moved.version }) })
    .where("name", "=", name)
    .execute();
  await addNote(trx, name, moved.version, now, { kind: "closed", head: head + 1 }, carried);
  return moved;
}

/**
 * When the next segment begins: with the newest thing that was said, for what comes late sorts behind it at the earliest.
 * A clock that is ahead moves it no further than to now.
 */
async function newestIn(db: Kysely<Database>, document: string, now: number): Promise<number> {
  const { rows } = await sql<{ at: number }>`
    select greatest(d.opened_at, least(${now}::bigint, (select max(k.at) from entry_key k where k.document = d.name))) as at
    from document d where d.name = ${document}`.execute(db);
  return rows[0]?.at ?? now;
}
