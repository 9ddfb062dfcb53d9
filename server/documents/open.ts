import { randomInt } from "node:crypto";

import type { Kysely } from "kysely";
import { ulid } from "ulid";

import { communityDocument, logDocument, logName, pageDocument, SYS, type LogKind } from "#shared/documents/names.ts";
import type { EntryOf } from "#shared/entries/kinds.ts";
import type { ChannelId, CommunityId, PageId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";
import type { Range } from "#server/gate/update.ts";
import { writeUpdate } from "#server/gate/write-update.ts";

/** A document that the server may write to, whatever its present segment. */
export type LogId =
  | { readonly kind: LogKind; readonly id: ChannelId }
  | { readonly kind: "community"; readonly id: CommunityId };

/** Makes the document of a page, in the transaction that makes the page. It begins empty. */
export const openPage = (trx: Kysely<Database>, id: PageId): Promise<void> =>
  addDocument(trx, { kind: "page", id }, pageDocument(id), Date.now(), 0);

/**
 * Makes the first segment of a log, in the transaction that makes what it belongs to. A log begins with the entry
 * `opened`, whose time is that of the segment.
 */
export async function openLog(trx: Kysely<Database>, log: LogId, openedAt: number = Date.now()): Promise<void> {
  if (log.kind === "community") return addDocument(trx, log, communityDocument(log.id), openedAt, 0);
  await openSegment(trx, log, 1, openedAt);
}

export type Segmented = Extract<LogId, { readonly kind: LogKind }>;

/** Makes a segment of a log, in the transaction that closes the one before it. */
export async function openSegment(
  trx: Kysely<Database>,
  log: Segmented,
  segment: number,
  openedAt: number,
): Promise<void> {
  const name = logDocument(log.kind, log.id, segment);
  await addDocument(trx, log, name, openedAt, 1, segment);
  await addNote(trx, name, 1, openedAt, { kind: "opened", segment });
}

async function addDocument(
  trx: Kysely<Database>,
  { kind, id }: LogId | { readonly kind: "page"; readonly id: PageId },
  name: string,
  opened_at: number,
  version: number,
  segment = 1,
): Promise<void> {
  await trx.insertInto("document").values({ name, channel_id: id, kind, segment, opened_at, version }).execute();
}

type Note = Pick<EntryOf<"opened">, "kind" | "segment"> | Pick<EntryOf<"closed">, "kind" | "head">;

/** A row of the journal in which the server says something about the segment itself. */
export async function addNote(
  trx: Kysely<Database>,
  document: string,
  version: number,
  at: number,
  note: Note,
  deletes: readonly Range[] = [],
): Promise<void> {
  const client = randomInt(1, 2 ** 32 - 1);
  const values = [{ id: ulid(at), at, ...note }];
  const update = Buffer.from(
    writeUpdate({ items: [{ client, clock: 0, length: 1, values, root: logName(SYS) }], deletes }),
  );
  await trx.insertInto("client").values({ document, client_id: client, member: null }).execute();
  await trx.insertInto("journal").values({ document, version, update, author: null, received: at }).execute();
}
