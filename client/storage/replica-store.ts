import { count, deleteDB, getAll, openDB, transact } from "lib0/indexeddb";
import { IndexeddbPersistence, storeState } from "y-indexeddb";
import { applyUpdate, Doc } from "yjs";

/** Where the replica of one document lies on this device. */
export interface ReplicaStore {
  /** Writes the present state alone, so that the bytes of what was deleted leave the disk. */
  rewrite(): Promise<void>;
  close(): Promise<void>;
}

/** Reading longer than this is worth a look at what is there, in ms. */
const PATIENCE = 3_000;

/**
 * Reads a stored replica into `doc` and keeps it current from then on. A replica is a cache: one that cannot be read is
 * removed, and undefined says that `doc` may hold half of it and is to be thrown away.
 */
export async function openReplicaStore(name: string, doc: Doc, patience = PATIENCE): Promise<ReplicaStore | undefined> {
  const persistence = new IndexeddbPersistence(name, doc);
  if (!(await isLoaded(persistence, patience))) {
    await persistence.destroy();
    await removeReplicaStore(name);
    return undefined;
  }

  return {
    async rewrite() {
      await storeState(persistence, true);
      await writesOf(persistence);
    },
    close: () => persistence.destroy(),
  };
}

export const removeReplicaStore = async (name: string): Promise<void> => void (await deleteDB(name));

/** The persistence says nothing when it meets a row that it cannot read; it just never becomes synced. */
async function isLoaded(persistence: IndexeddbPersistence, patience: number): Promise<boolean> {
  const isDone = await Promise.race([persistence.whenSynced.then(() => true), elapsed(patience)]);
  if (!isDone && !(await isReadable(persistence.name))) return false;
  await persistence.whenSynced;
  return true;
}

const elapsed = (ms: number): Promise<false> => new Promise((resolve) => setTimeout(resolve, ms, false));

/** Tells what is slow from what is broken: a slow phone must not lose what it holds. */
async function isReadable(name: string): Promise<boolean> {
  const db = await openDB(name, () => undefined);
  try {
    const [store] = transact(db, ["updates"], "readonly");
    const updates: Uint8Array[] = await getAll(store as IDBObjectStore);
    const trial = new Doc();
    updates.forEach((update) => applyUpdate(trial, update));
    return true;
  } catch {
    return false;
  } finally {
    db.close();
  }
}

/** Resolves when the writes begun so far are done: the next transaction on the same store waits for them. */
async function writesOf({ db }: IndexeddbPersistence): Promise<void> {
  const [store] = transact(db as IDBDatabase, ["updates"], "readonly");
  await count(store as IDBObjectStore);
}
