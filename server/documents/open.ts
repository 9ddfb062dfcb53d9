import type { Kysely } from "kysely";

import { communityDocument, logDocument, type LogKind } from "#shared/documents/names.ts";
import type { ChannelId, CommunityId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";

/** A document that the server may write to, whatever its present segment. */
export type LogId = { readonly kind: LogKind; readonly id: ChannelId } | { readonly kind: "community"; readonly id: CommunityId };

/** Makes the first segment of a log, in the transaction that makes what it belongs to. */
export async function openLog(trx: Kysely<Database>, log: LogId, openedAt: number = Date.now()): Promise<void> {
  const name = log.kind === "community" ? communityDocument(log.id) : logDocument(log.kind, log.id, 1);
  await trx
    .insertInto("document")
    .values({ name, channel_id: log.id, kind: log.kind, segment: 1, opened_at: openedAt, closed: null, erase_due: null })
    .execute();
}
