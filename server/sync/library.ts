import type { Kysely } from "kysely";
import type { Doc } from "yjs";

import type { Database } from "#server/database/types.ts";
import { checkVersion } from "#server/documents/history.ts";
import { applyRow, load, readOn, type Live } from "#server/documents/live.ts";
import type { JournalRow } from "#server/documents/task.ts";

import { createCatchingUp } from "./catching-up.ts";

/** The documents that this process holds in memory, kept at the journal's version. */
export interface Library {
  /** Loads a document into `doc` and keeps it current until `doc` is destroyed. Undefined where it does not exist. */
  open(name: string, doc: Doc): Promise<Live | undefined>;
  get(name: string): Live | undefined;
  /** Takes in rows that this process has committed. */
  apply(rows: readonly JournalRow[]): void;
  /** Somebody has committed up to this version. A hint: it may come twice, late, or never. */
  heard(name: string, version: number): Promise<void>;
  /** Asks PostgreSQL for the versions of everything that is open: what was not heard is found here. */
  refresh(): Promise<void>;
}

export function createLibrary(
  db: Kysely<Database>,
  changed: (live: Live) => void,
  failed: (error: unknown) => void,
): Library {
  const lives = new Map<string, Live>();
  const bring = createCatchingUp(bringNow);

  const library: Library = {
    async open(name, doc) {
      const live = await load(db, name, doc);
      if (live === undefined) return undefined;
      lives.set(name, live);
      // The same document may have been opened again meanwhile.
      doc.on("destroy", () => void (lives.get(name) === live && lives.delete(name)));
      // What was committed between the load and this line rang before anybody listened for it.
      await bring(live);
      return live;
    },
    get: (name) => lives.get(name),
    apply(rows) {
      for (const row of rows) {
        const live = lives.get(row.document);
        if (live === undefined || row.version <= live.version) continue;
        if (row.version === live.version + 1) applyRow(live, row);
        else void library.heard(live.name, row.version).catch(failed);
        changed(live);
      }
    },
    async heard(name, version) {
      const live = lives.get(name);
      if (live !== undefined && live.version < version) await bring(live);
    },
    async refresh() {
      if (lives.size === 0) return;
      const held = new Map([...lives].map(([name, { version }]) => [name, version]));
      const rows = await db
        .selectFrom("document")
        .select(["name", "version"])
        .where("name", "in", [...held.keys()])
        .execute();
      rows.forEach(({ name, version }) => checkVersion(name, held.get(name) ?? 0, version));
      await Promise.all(rows.map(({ name, version }) => library.heard(name, version)));
    },
  };

  /** May run beside itself and beside `apply`: rows are applied once, however often they come, and versions only rise. */
  async function bringNow(live: Live): Promise<void> {
    const before = live.version;
    await readOn(db, live);
    if (live.version !== before) changed(live);
  }

  return library;
}
