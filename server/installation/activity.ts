import { sql, type Kysely } from "kysely";

import type { Database } from "#server/database/types.ts";

import { presentNow } from "./processes.ts";

const MINUTE = 60_000;
const MINUTES = 60;

/** What is going on just now, in figures: who is here, how much is written, and where. Conversations are counted, never named. */
export async function activityNow(db: Kysely<Database>, now: number = Date.now()) {
  const since = Math.floor(now / MINUTE) * MINUTE - (MINUTES - 1) * MINUTE;
  const [present, minutes, communities] = await Promise.all([
    presentNow(db),
    messagesByMinute(db, since),
    busiest(db, since),
  ]);
  const perMinute = Array.from({ length: MINUTES }, (_, index) => minutes.get(since / MINUTE + index) ?? 0);
  return { at: now, ...present, perMinute, communities };
}

async function messagesByMinute(db: Kysely<Database>, since: number): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ minute: number; messages: number }>`
    select position / ${MINUTE}::bigint as minute, count(*) as messages from message
    where terms is not null and position >= ${since} group by 1`.execute(db);
  return new Map(rows.map(({ minute, messages }) => [minute, messages]));
}

const BUSIEST = 8;

async function busiest(db: Kysely<Database>, since: number) {
  const { rows } = await sql<{ id: string; name: string; messages: number }>`
    select c.id, c.name, count(*) as messages
    from message m join channel h on h.id = m.channel join community c on c.id = h.community_id
    where m.terms is not null and m.position >= ${since}
    group by c.id, c.name order by messages desc, c.id limit ${BUSIEST}`.execute(db);
  return rows;
}
