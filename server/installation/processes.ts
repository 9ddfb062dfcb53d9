import { randomUUID } from "node:crypto";
import { hostname } from "node:os";

import { sql, type Kysely } from "kysely";

import type { Database } from "#server/database/types.ts";

/** Who is at a process' sockets. */
export interface Present {
  readonly sockets: number;
  readonly people: number;
}

const BEAT = 5_000;

/** One that was silent for so long is no longer spoken of. */
const FORGOTTEN = "1 day";

/** One that was silent for so long is taken for dead. */
export const SILENT = 20_000;

/** Says every few seconds that this process runs, and how it does. The end of it is said too. */
export function tellOfProcess(
  db: Kysely<Database>,
  role: "web" | "worker",
  failed: (error: unknown) => void,
  present: () => Present = () => ({ sockets: 0, people: 0 }),
): { close(): Promise<void> } {
  const id = randomUUID();
  const timer = setInterval(() => void beat(), BEAT).unref();
  let running: Promise<void> = Promise.resolve();
  void beat();

  function beat(): Promise<void> {
    running = say(db, {
      id,
      role,
      host: hostname(),
      pid: process.pid,
      memory: process.memoryUsage.rss(),
      ...present(),
    }).catch(failed);
    return running;
  }

  return {
    async close() {
      clearInterval(timer);
      await running;
      await db.deleteFrom("process").where("id", "=", id).execute().catch(failed);
    },
  };
}

interface Word extends Present {
  readonly id: string;
  readonly role: "web" | "worker";
  readonly host: string;
  readonly pid: number;
  readonly memory: number;
}

async function say(db: Kysely<Database>, { id, ...word }: Word): Promise<void> {
  const { memory, sockets, people } = word;
  await db
    .insertInto("process")
    .values({ id, ...word })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ memory, sockets, people, seen_at: sql`now()` }))
    .execute();
  await db
    .deleteFrom("process")
    .where("seen_at", "<", sql<Date>`now() - ${FORGOTTEN}::interval`)
    .execute();
}

/** The processes that run, and those that ended without saying so. */
export async function processes(db: Kysely<Database>) {
  const rows = await db.selectFrom("process").selectAll().orderBy("role", "desc").orderBy("started_at").execute();
  return rows.map(({ started_at, seen_at, people: _people, ...row }) => ({
    ...row,
    startedAt: started_at.getTime(),
    seenAt: seen_at.getTime(),
  }));
}

/** Everybody who is here now, over all processes. Somebody with sockets at two of them is counted twice. */
export async function presentNow(db: Kysely<Database>): Promise<Present> {
  const { rows } = await sql<Present>`
    select coalesce(sum(sockets), 0)::integer as sockets, coalesce(sum(people), 0)::integer as people
    from process where seen_at > now() - ${`${SILENT} milliseconds`}::interval`.execute(db);
  return rows[0] as Present;
}
