import { addAutoKey, createStores, deleteDB, getAll, openDB, rtop, transact } from "lib0/indexeddb";
import { applyUpdate, decodeUpdate, encodeStateAsUpdate, transact as inOneGo, type Doc } from "yjs";

/** Where the replica of one document lies on this device. */
export interface ReplicaStore {
  /** Writes the present state alone, so that the bytes of what was deleted leave the disk. */
  readonly rewrite: () => Promise<void>;
  readonly close: () => void;
}

/** More stored updates than this are written as one. */
const MAX_UPDATES = 500;

/**
 * Reads a stored replica into `doc`, under an origin that bears its name, and keeps it current from then on. A replica
 * is a cache: one that cannot be read is thrown away, and the server's copy comes instead. What cannot be kept, because
 * the disk is full or somebody has taken the database away, lives in memory until the next start.
 */
export async function openReplicaStore(name: string, doc: Doc): Promise<ReplicaStore> {
  const origin = { name };
  const hadContent = doc.store.clients.size > 0;
  const { db, updates } = await readAnyhow(name);
  let stored = updates.length;
  let isKept = true;
  inOneGo(doc, () => updates.forEach((update) => applyUpdate(doc, update, origin)), origin);

  function giveUp(): void {
    isKept = false;
    doc.off("update", keep);
    db.close();
  }

  async function write(...steps: readonly ((updates: IDBObjectStore) => Promise<unknown>)[]): Promise<void> {
    if (!isKept) throw new Error(`${name} is not kept`);
    const table = tableOf(db, "readwrite");
    await Promise.all([...steps.map((step) => step(table)), committed(table.transaction)]);
  }

  /** In one transaction: what is stored is always whole. */
  const rewrite = (): Promise<void> =>
    write(
      (table) => rtop(table.clear()),
      (table) => {
        stored = 1;
        return addAutoKey(table, encodeStateAsUpdate(doc) as never);
      },
    );

  function keep(update: Uint8Array, by: unknown): void {
    if (by === origin) return;
    stored += 1;
    const writing = stored > MAX_UPDATES ? rewrite() : write((table) => addAutoKey(table, update as never));
    void writing.catch(giveUp);
  }

  // Another tab may have sent what is in the document already.
  if (hadContent) void rewrite().catch(giveUp);
  doc.on("update", keep);

  return { rewrite, close: giveUp };
}

export const removeReplicaStore = async (name: string): Promise<void> => void (await deleteDB(name));

interface Opened {
  readonly db: IDBDatabase;
  readonly updates: readonly Uint8Array[];
}

async function readAnyhow(name: string): Promise<Opened> {
  const opened = await read(name);
  if (opened !== undefined) return opened;
  await removeReplicaStore(name);
  return { db: await openDB(name, createTables), updates: [] };
}

/** Undefined where something in it cannot be read. */
async function read(name: string): Promise<Opened | undefined> {
  const db = await openDB(name, createTables);
  try {
    const updates: Uint8Array[] = await getAll(tableOf(db, "readonly"));
    updates.forEach((update) => decodeUpdate(update));
    return { db, updates };
  } catch {
    db.close();
    return undefined;
  }
}

/** As y-indexeddb has them, which wrote the replicas of former versions. */
const createTables = (db: IDBDatabase): void => createStores(db, [["updates", { autoIncrement: true }], ["custom"]]);

/** A write that has succeeded may still not fit onto the disk. */
const committed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", () => reject(transaction.error ?? new Error("aborted")));
  });

const tableOf = (db: IDBDatabase, access: "readonly" | "readwrite"): IDBObjectStore =>
  transact(db, ["updates"], access)[0] as IDBObjectStore;
