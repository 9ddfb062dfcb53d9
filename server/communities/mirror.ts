import { sql, type Kysely } from "kysely";

import { canonical } from "#shared/entries/value.ts";
import { mirrorKey, type Mirrored } from "#shared/entries/kinds/mirror.ts";
import { homeOf, type ChannelId, type CommunityId, type MemberId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";
import type { LogId } from "#server/documents/open.ts";
import type { Voice } from "#server/documents/voice.ts";

import { shownInCommunity, shownInHome } from "./mirrored.ts";

export interface Mirror {
  /** Brings `community:<id>` in line with the tables. Rejects where the document could not be written; then it stays due. */
  community(id: CommunityId): Promise<void>;
  /** Brings what a person's home says about where they belong in line with the tables. */
  home(person: MemberId): Promise<void>;
  /** Mirrors what is still due, of this process or of one that died; tells how many documents that were. */
  sweep(): Promise<number>;
}

/** How many documents one sweep takes on. */
const SWEEP = 100;

export function createMirror(db: Kysely<Database>, voice: Voice): Mirror {
  const show = (log: LogId): Promise<readonly Mirrored[]> =>
    log.kind === "community" ? shownInCommunity(db, log.id) : shownInHome(db, log.id as string as MemberId);

  /** Until nothing differs: whoever wrote last has compared once more, so that no older reading stands over a newer one. */
  async function align(log: LogId): Promise<void> {
    const due = await stampOf(db, log);
    if (!(await exists(db, log))) return settle(db, log, due);

    for (let round = 0; round < 10; round += 1) {
      const changes = difference(await voice.states(log), await show(log));
      if (changes.length === 0) return settle(db, log, due);
      await voice.put(log, changes);
    }
  }

  return {
    community: (id) => align({ kind: "community", id }),
    home: (person) => align({ kind: "user", id: homeOf(person) }),
    async sweep() {
      const due = await db.selectFrom("mirror_due").select("document").orderBy("since").limit(SWEEP).execute();
      for (const { document } of due) await align(logOf(document));
      return due.length;
    },
  };
}

/** What must be written so that a document shows what it should. */
export function difference(states: ReadonlyMap<string, Mirrored>, wanted: readonly Mirrored[]): readonly Mirrored[] {
  const wantedKeys = new Set(wanted.map(mirrorKey));
  const news = wanted.filter((value) => canonical(states.get(mirrorKey(value))) !== canonical(value));
  const gone = [...states].filter(([key, value]) => value.of !== "gone" && !wantedKeys.has(key));

  return [...news, ...gone.map(([key]): Mirrored => ({ of: "gone", key }))];
}

/** Marks documents as stale, in the transaction that makes them so. */
export async function markDue(trx: Kysely<Database>, logs: readonly LogId[]): Promise<void> {
  const documents = [...new Set(logs.map(dueName))].toSorted();
  if (documents.length === 0) return;
  await sql`
    insert into mirror_due (document) select unnest(${documents}::text[])
    on conflict (document) do update set stamp = mirror_due.stamp + 1`.execute(trx);
}

const dueName = ({ kind, id }: LogId): string => `${kind}:${id}`;

function logOf(document: string): LogId {
  const [kind, id] = document.split(":") as [string, string];
  return kind === "community" ? { kind, id: id as CommunityId } : { kind: "user", id: id as ChannelId };
}

/** Somebody whom an import brought along has no home until they claim it. */
const exists = async (db: Kysely<Database>, { id }: LogId): Promise<boolean> =>
  (await db.selectFrom("document").select("name").where("channel_id", "=", id).limit(1).executeTakeFirst()) !==
  undefined;

async function stampOf(db: Kysely<Database>, log: LogId): Promise<number | undefined> {
  const row = await db.selectFrom("mirror_due").select("stamp").where("document", "=", dueName(log)).executeTakeFirst();
  return row?.stamp;
}

/** Nothing is due any more, unless something changed since. */
async function settle(db: Kysely<Database>, log: LogId, stamp: number | undefined): Promise<void> {
  if (stamp === undefined) return;
  await db.deleteFrom("mirror_due").where("document", "=", dueName(log)).where("stamp", "=", stamp).execute();
}
