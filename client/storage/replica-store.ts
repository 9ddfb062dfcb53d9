import { addAutoKey, createStores, getAll, openDB, rtop, transact } from "lib0/indexeddb";
import { clearDocument, PREFERRED_TRIM_SIZE } from "y-indexeddb";
import { encodeStateAsUpdate, transact as change, type Doc, type Transaction } from "yjs";

import { applyLog } from "./apply-log.ts";

/** Where the replica of one document lies on this device. */
export interface ReplicaStore {
  /** Writes the present state alone, so that the bytes of what was deleted leave the disk. */
  readonly rewrite: () => Promise<void>;
  readonly close: () => void;
}

/** A database that is open. What is read from it into the document has this for its origin. */
interface Shelf {
  readonly name: string;
  readonly doc: Doc;
  readonly db: IDBDatabase;
  /** How many updates lie in it. */
  size: number;
}

/**
 * Reads a stored replica into `doc`, under an origin that bears its name, and keeps it current from then on. A replica
 * is a cache: one that cannot be read is thrown away, and the server's copy comes instead. What cannot be kept, because
 * the disk is full or somebody has taken the database away, lives in memory until the next start.
 */
export async function openReplicaStore(name: string, doc: Doc): Promise<ReplicaStore> {
  const { shelf, isBehind } = await readAnyhow(name, doc);
  const { db } = shelf;
  let isKept = true;

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
        shelf.size = 1;
        return addAutoKey(table, encodeStateAsUpdate(doc) as never);
      },
    );

  function keep(update: Uint8Array): void {
    shelf.size += 1;
    const writing = shelf.size > PREFERRED_TRIM_SIZE ? rewrite() : write((table) => addAutoKey(table, update as never));
    void writing.catch(giveUp);
  }

  if (isBehind) void rewrite().catch(giveUp);
  doc.on("update", keep);

  return { rewrite, close: giveUp };
}

export const removeReplicaStore = (name: string): Promise<void> => clearDocument(name);

interface ReadShelf {
  readonly shelf: Shelf;
  /** The store lacks what is in the document: another tab has sent that, before it was read or meanwhile. */
  readonly isBehind: boolean;
}

async function readAnyhow(name: string, doc: Doc): Promise<ReadShelf> {
  const wasThere = hasContent(doc);
  const shelf = await openShelf(name, doc);
  let came = false;
  // Whoever looks at a log for the first time begins a transaction too, in which nothing happens.
  const note = ({ origin, changed }: Transaction): void => void (came ||= origin !== shelf && changed.size > 0);
  doc.on("afterTransaction", note);
  try {
    await read(shelf);
    return { shelf, isBehind: wasThere || came };
  } catch {
    shelf.db.close();
    await removeReplicaStore(name);
    return { shelf: await openShelf(name, doc), isBehind: hasContent(doc) };
  } finally {
    doc.off("afterTransaction", note);
  }
}

const hasContent = (doc: Doc): boolean => doc.store.clients.size > 0;

const openShelf = async (name: string, doc: Doc): Promise<Shelf> => ({
  name,
  doc,
  db: await openDB(name, createTables),
  size: 0,
});

/** All of it at once: whoever looks at the document sees it grow in one step. */
async function read(shelf: Shelf): Promise<void> {
  const { db, doc } = shelf;
  const updates: Uint8Array[] = await getAll(tableOf(db, "readonly"));
  shelf.size = updates.length;
  change(doc, () => updates.forEach((update) => applyLog(doc, update)), shelf, false);
}

/** As y-indexeddb makes them, only together with the database. */
const createTables = (db: IDBDatabase): void => createStores(db, [["updates", { autoIncrement: true }], ["custom"]]);

/** A write that has succeeded may still not fit onto the disk. */
const committed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", () => reject(transaction.error ?? new Error("aborted")));
  });

const tableOf = (db: IDBDatabase, access: "readonly" | "readwrite"): IDBObjectStore =>
  transact(db, ["updates"], access)[0] as IDBObjectStore;
