import type { LocalDatabase } from "#client/storage/database.ts";

import type { Local } from "./local.ts";

/** What was last heard over HTTP, place by place. It goes when the place does. */
export const createKept = (db: LocalDatabase): Local["kept"] => ({
  read: async (channel) => (await db.kept.get(channel))?.value,
  write: async (channel, value) => void (await db.kept.put({ channel, value })),
});
