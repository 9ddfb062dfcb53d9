import type { Kysely } from "kysely";

import type { MemberId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";

/** Names are read from here wherever they are shown, so that they change everywhere at once. */
export async function rename(db: Kysely<Database>, person: MemberId, name: string): Promise<void> {
  await db.updateTable("person").set({ name }).where("id", "=", person).execute();
}
