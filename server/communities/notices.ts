import type { Kysely } from "kysely";
import { ulid } from "ulid";

import type { ChannelId, EntryId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";
import type { Notice } from "#server/documents/authority-change.ts";
import type { Voice } from "#server/documents/voice.ts";

/** Writes down what the server will have to say, in the transaction that makes it true. */
export async function oweNotices(trx: Kysely<Database>, notices: readonly Notice[], now: number): Promise<void> {
  if (notices.length === 0) return;
  const rows = notices.map(({ place, value }) => {
    const id = ulid(now) as EntryId;
    return { id, kind: place.kind, channel_id: place.id, entry: JSON.stringify({ id, at: now, ...value }) };
  });
  await trx.insertInto("notice_due").values(rows).execute();
}

/** Says what is owed. Rejects where a log could not be written; what was said until then is said once. */
export async function sayNotices(db: Kysely<Database>, voice: Voice): Promise<void> {
  const due = await db.selectFrom("notice_due").selectAll().orderBy("id").limit(500).execute();
  for (const rows of Map.groupBy(due, ({ channel_id }) => channel_id).values()) {
    const [{ kind, channel_id }] = rows as [(typeof rows)[number]];
    await voice.say(
      { kind, id: channel_id as ChannelId },
      rows.map(({ entry }) => entry),
    );
    await db
      .deleteFrom("notice_due")
      .where(
        "id",
        "in",
        rows.map(({ id }) => id),
      )
      .execute();
  }
}
