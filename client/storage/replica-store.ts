import { count, createStores, deleteDB, getAll, openDB, transact } from "lib0/indexeddb";
import { IndexeddbPersistence, storeState } from "y-indexeddb";
import { decodeUpdate, type Doc } from "yjs";

/** Where the replica of one document lies on this device. */
export interface ReplicaStore {
  /** Writes the present state alone, so that the bytes of what was deleted leave the disk. */
  readonly rewrite: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Reads a stored replica into `doc` and keeps it current from then on. A replica is a cache: one that cannot be read is
 * thrown away, and the server's copy comes instead.
 */
export async function openReplicaStore(name: string, doc: Doc): Promise<ReplicaStore> {
  // The persistence says nothing when it meets a row that it cannot read: it would never become synced.
  if (!(await isReadable(name))) await removeReplicaStore(name);
  const persistence = new IndexeddbPersistence(name, doc);
  await persistence.whenSynced;

  return {
    async rewrite() {
      await storeState(persistence, true);
      await writesOf(persistence);
    },
    close: () => persistence.destroy(),
  };
}

export const removeReplicaStore = async (name: string): Promise<void> => void (await deleteDB(name));

async function isReadable(name: string): Promise<boolean> {
  const db = await openDB(name, createTables);
  try {
    const [store] = transact(db, ["updates"], "readonly");
    const updates: Uint8Array[] = await getAll(store as IDBObjectStore);
    updates.forEach((update) => decodeUpdate(update));
    return true;
  } catch {
    return false;
  } finally {
    db.close();
  }
}

/** The persistence makes its tables only where it makes the database. */
const createTables = (db: IDBDatabase): void => createStores(db, [["updates", { autoIncrement: true }], ["custom"]]);

/** Resolves when the writes begun so far are done: the next transaction on the same table waits for them. */
async function writesOf({ db }: IndexeddbPersistence): Promise<void> {
  const [store] = transact(db as IDBDatabase, ["updates"], "readonly");
  await count(store as IDBObjectStore);
}
