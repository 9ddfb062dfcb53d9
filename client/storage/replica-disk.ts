import type { MemberId } from "#shared/ids.ts";
import type { Doc, Transaction } from "yjs";

import { accountPrefix, type LocalDatabase } from "./database.ts";
import { openReplicaStore, removeReplicaStore, type ReplicaStore } from "./replica-store.ts";

/** The replicas of one account on this device. Each belongs to an incarnation of the server, and says so in its name. */
export interface ReplicaDisk {
  /** Reads what is stored into `doc` and keeps it current. */
  readonly open: (document: string, incarnation: string, doc: Doc) => Promise<Kept>;
  readonly stored: () => Promise<
    readonly { readonly name: string; readonly document: string; readonly incarnation: string }[]
  >;
  readonly remove: (names: readonly string[]) => Promise<void>;
}

export interface Kept {
  readonly close: () => void;
}

/** Erased bytes leave the disk this long after the deletion at the latest, in ms. */
const REWRITE_AFTER = 60_000;

export function createReplicaDisk(db: LocalDatabase, account: MemberId): ReplicaDisk {
  return {
    async open(document, incarnation, doc) {
      const name = `${accountPrefix(account)}/${incarnation}/${document}`;
      const row = await db.replica.get(name);
      // Noted first: what is stored must be found again when it has to go.
      if (row === undefined) await db.replica.put({ name, document, incarnation, rewriteDue: false });

      const store = await openReplicaStore(name, doc);
      return keepClean(db, name, doc, store, row?.rewriteDue === true);
    },
    stored: () => db.replica.toArray(),
    async remove(names) {
      await Promise.all(names.map(removeReplicaStore));
      await db.replica.bulkDelete([...names]);
    },
  };
}

/** What is deleted from a document stays in the stored updates until they are written anew. */
function keepClean(db: LocalDatabase, name: string, doc: Doc, store: ReplicaStore, wasDue: boolean): Kept {
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function rewrite(): Promise<void> {
    timer = undefined;
    await store.rewrite();
    if (timer === undefined) await db.replica.update(name, { rewriteDue: false });
  }
  // What fails stays due, and is tried again at the next start.
  const rewriteQuietly = (): void => void rewrite().catch(() => undefined);

  function note({ deleteSet, origin }: Transaction): void {
    const isRead = (origin as { readonly name?: string } | null)?.name === name;
    if (deleteSet.clients.size === 0 || isRead || timer !== undefined) return;
    timer = setTimeout(rewriteQuietly, REWRITE_AFTER);
    void db.replica.update(name, { rewriteDue: true });
  }

  doc.on("afterTransaction", note);
  if (wasDue) rewriteQuietly();

  return {
    close() {
      doc.off("afterTransaction", note);
      clearTimeout(timer);
      store.close();
    },
  };
}
