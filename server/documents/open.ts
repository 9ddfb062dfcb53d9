import { randomInt } from "node:crypto";

import type { Kysely } from "kysely";
import { ulid } from "ulid";

import { communityDocument, logDocument, logName, SYS, type LogKind } from "#shared/documents/names.ts";
import type { ChannelId, CommunityId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";
import { writeUpdate } from "#server/gate/write-update.ts";

/** A document that the server may write to, whatever its present segment. */
export type LogId = { readonly kind: LogKind; readonly id: ChannelId } | { readonly kind: "community"; readonly id: CommunityId };

/**
 * Makes the first segment of a log, in the transaction that makes what it belongs to. A log begins with the entry
 * `opened`, whose time is that of the segment.
 */
export async function openLog(trx: Kysely<Database>, log: LogId, openedAt: number = Date.now()): Promise<void> {
  if (log.kind === "community") return addDocument(trx, log, communityDocument(log.id), openedAt, 0);
  const name = logDocument(log.kind, log.id, 1);
  await addDocument(trx, log, name, openedAt, 1);
  await addOpened(trx, name, 1, openedAt);
}

async function addDocument(trx: Kysely<Database>, { kind, id }: LogId, name: string, opened_at: number, version: number): Promise<void> {
  await trx.insertInto("document").values({ name, channel_id: id, kind, segment: 1, opened_at, version }).execute();
}

async function addOpened(trx: Kysely<Database>, document: string, segment: number, at: number): Promise<void> {
  const client = randomInt(1, 2 ** 32 - 1);
  const values = [{ id: ulid(at), at, kind: "opened", segment }];
  const update = Buffer.from(writeUpdate({ items: [{ client, clock: 0, length: 1, values, root: logName(SYS) }], deletes: [] }));
  await trx.insertInto("client").values({ document, client_id: client, member: null }).execute();
  await trx.insertInto("journal").values({ document, version: 1, update, author: null, received: at }).execute();
}
