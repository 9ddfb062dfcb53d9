import type { Kysely } from "kysely";
import { ulid } from "ulid";
import { Doc } from "yjs";

import { SYS } from "#shared/documents/names.ts";
import { createFold } from "#shared/entries/fold.ts";
import { parseEntry, type Entry } from "#shared/entries/kinds.ts";
import { mirrorKey, type Mirrored } from "#shared/entries/kinds/mirror.ts";
import type { EntryId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";
import { load } from "#server/documents/live.ts";
import type { LogId } from "#server/documents/open.ts";
import type { Outcome, Task } from "#server/documents/task.ts";

import type { MirrorTarget } from "./mirror.ts";

/** The documents themselves, written by the same way as everything else in them. */
export function createMirrorTarget(db: Kysely<Database>, submit: (task: Task) => Promise<Outcome>, now: () => number = Date.now): MirrorTarget {
  async function write(document: string, entries: readonly Entry[]): Promise<void> {
    const outcome = await submit({ kind: "write", document, entries: entries.map((entry) => ({ author: SYS, entry })) });
    if (outcome.kind !== "committed") throw new Error(`${document} could not be written: ${outcome.kind}`);
  }

  return {
    async states(log) {
      const live = await load(db, await headOf(db, log), new Doc());
      return live === undefined ? new Map() : shownIn(live.doc);
    },
    async put(log, shown) {
      const document = await headOf(db, log);
      // Later than what stands there, whatever the clocks of several nodes say: the later word about a thing is the one that holds.
      const at = Math.max(now(), (await newestAt(db, document)) + 1);
      await write(document, shown.map((value) => ({ id: ulid(at) as EntryId, at, kind: "mirror", shown: value })));
    },
    say: async (log, entries) => write(await headOf(db, log), entries),
  };
}

async function headOf(db: Kysely<Database>, { kind, id }: LogId): Promise<string> {
  const head = await db
    .selectFrom("document")
    .select("name")
    .where("channel_id", "=", id)
    .where("kind", "=", kind)
    .where("closed", "is", null)
    .orderBy("segment", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  return head.name;
}

function shownIn(doc: Doc): ReadonlyMap<string, Mirrored> {
  const fold = createFold();
  const entries = doc.getArray<unknown>(SYS).toArray().map(parseEntry).filter((entry) => entry !== undefined);
  entries.forEach((entry) => fold.add({ author: SYS, segment: 1, entry }));

  const shown = fold.states().flatMap(({ entry }) => (entry.kind === "mirror" ? [entry.shown] : []));
  return new Map(shown.map((value) => [mirrorKey(value), value]));
}

async function newestAt(db: Kysely<Database>, document: string): Promise<number> {
  const row = await db
    .selectFrom("entry_key")
    .select(({ fn }) => fn.max("at").as("at"))
    .where("document", "=", document)
    .where("author", "=", SYS)
    .executeTakeFirst();
  return row?.at ?? 0;
}
