import type { Kysely } from "kysely";
import { monotonicFactory } from "ulid";
import { Doc } from "yjs";

import { logName, SYS } from "#shared/documents/names.ts";
import { createFold } from "#shared/entries/fold.ts";
import { parseEntry, type Entry, type EntryOf } from "#shared/entries/kinds.ts";
import { mirrorKey, type Mirrored } from "#shared/entries/kinds/mirror.ts";
import type { EntryId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";

import { load } from "./live.ts";
import type { LogId } from "./open.ts";
import type { Outcome, Task } from "./task.ts";

/** How the server speaks in documents, in its own log, through the same gate and journal as everybody. */
export interface Voice {
  /** What a document shows of the server's authority now, by key. */
  states(log: LogId): Promise<ReadonlyMap<string, Mirrored>>;
  /** Resolves when it is durable, rejects where it is not. */
  put(log: LogId, shown: readonly Mirrored[]): Promise<void>;
  /** The same for any entries of its own. One that is there already is passed over. */
  say(log: LogId, entries: readonly Entry[]): Promise<void>;
}

export function createVoice(
  db: Kysely<Database>,
  submit: (task: Task) => Promise<Outcome>,
  now: () => number = Date.now,
): Voice {
  const nextId = monotonicFactory();

  const mirrored = (shown: Mirrored, at: number): EntryOf<"mirror"> => ({
    id: nextId(at) as EntryId,
    at,
    kind: "mirror",
    shown,
  });

  async function say(log: LogId, entries: readonly Entry[]): Promise<void> {
    const document = await headOf(db, log);
    const own = entries.map((entry) => ({ author: SYS, entry }) as const);
    const outcome = await submit({ kind: "write", document, entries: own });
    // It went on in another segment since.
    if (outcome.kind === "refused" && outcome.code === "segment-closed") return say(log, entries);
    if (outcome.kind !== "committed") throw new Error(`The server could not write into ${document}: ${outcome.kind}`);
  }

  return {
    say,
    async put(log, shown) {
      // Of two states with one key the later stands: what is said now must be later, also after another node, whose clock is ahead.
      const at = Math.max(now(), (await newestWord(db, log)) + 1);
      await say(
        log,
        shown.map((value) => mirrored(value, at)),
      );
    },
    async states(log) {
      const live = await load(db, await headOf(db, log), new Doc());
      return live === undefined ? new Map() : mirrorsIn(live.doc);
    },
  };
}

/** The document that a log goes on in now. */
async function headOf(db: Kysely<Database>, { id }: LogId): Promise<string> {
  const { name } = await db
    .selectFrom("document")
    .select("name")
    .where("channel_id", "=", id)
    .orderBy("segment", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  return name;
}

/** When the server last said something in a document, by whichever clock. */
async function newestWord(db: Kysely<Database>, { id }: LogId): Promise<number> {
  const newest = db.selectFrom("entry_key").select(({ fn }) => fn.max("at").as("at"));
  const row = await newest.where("channel", "=", id).where("author", "=", SYS).executeTakeFirst();
  return row?.at ?? 0;
}

function mirrorsIn(doc: Doc): ReadonlyMap<string, Mirrored> {
  const fold = createFold();
  for (const value of doc.getArray(logName(SYS)).toArray()) {
    const entry = parseEntry(value);
    if (entry?.kind === "mirror") fold.add({ author: SYS, segment: 1, entry });
  }
  return new Map(
    fold
      .states()
      .map(({ entry }) => (entry as EntryOf<"mirror">).shown)
      .map((shown) => [mirrorKey(shown), shown]),
  );
}
