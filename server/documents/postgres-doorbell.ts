import { sql, type Kysely } from "kysely";

import { listen, type Listening } from "#server/database/listen.ts";
import type { Database } from "#server/database/types.ts";

import { createRinger, parseBell } from "./bell.ts";
import type { Doorbell } from "./doorbell.ts";

/** The channel of PostgreSQL's notifications. */
const CHANNEL = "journal";

interface Place {
  readonly db: Kysely<Database>;
  readonly databaseUrl: string;
  readonly failed: (error: unknown) => void;
}

/**
 * Rings after the commit, not in it: PostgreSQL lets transactions that notify commit only one after the other, over all
 * nodes and with the flush of each to the disk.
 */
export function createPostgresDoorbell({ db, databaseUrl, failed }: Place): Doorbell {
  const { ring, idle } = createRinger(
    (bells) => sql`select pg_notify(${CHANNEL}, bell) from unnest(${bells}::text[]) as bell`.execute(db),
    failed,
  );
  let listening: Listening | undefined;

  return {
    ring,
    async listen({ heard, missed }) {
      const on = (payload: string): void => {
        const moved = parseBell(payload);
        if (moved !== undefined) heard(moved);
      };
      listening = await listen(databaseUrl, { on: { [CHANNEL]: on }, reconnected: missed, failed });
    },
    async close() {
      await idle();
      await listening?.close();
    },
  };
}
