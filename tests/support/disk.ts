import "fake-indexeddb/auto";

import { addAutoKey, deleteDB, openDB, transact } from "lib0/indexeddb";

import { accountPrefix } from "#client/storage/database.ts";

import type { Person } from "./world.ts";

/** The database of all that somebody has here beside replicas. */
export const accountStore = ({ id }: Person): string => accountPrefix(id);

/** The databases in which the replicas of somebody lie. */
export async function replicasOf(person: Person): Promise<readonly string[]> {
  const all = (await indexedDB.databases()).map(({ name }) => name ?? "");
  return all.filter((name) => name.startsWith(`${accountStore(person)}/`));
}

/** The browser needs room, or somebody cleans up: pages that have a database open are told to let go of it. */
export const evictReplicas = async (person: Person): Promise<unknown> =>
  Promise.all((await replicasOf(person)).map((name) => deleteDB(name)));

export async function wipe(person: Person): Promise<void> {
  await evictReplicas(person);
  await deleteDB(accountStore(person));
}

/** A row in each replica that nobody can read. */
export async function spoilReplicas(person: Person): Promise<void> {
  for (const name of await replicasOf(person)) {
    const db = await openDB(name, () => undefined);
    const [rows] = transact(db, ["updates"]);
    await addAutoKey(rows as IDBObjectStore, new Uint8Array([9, 9, 9, 9]) as never);
    db.close();
  }
}

/** A transaction of the one IndexedDB that the tests have. */
interface Abortable {
  readonly _abort: (why: string) => void;
}

/** Nothing more fits onto any disk; answers how to make room. */
export function fillDisk(): () => void {
  const { prototype } = IDBObjectStore;
  const { put, add } = prototype;
  const failing = (write: typeof put): typeof put =>
    function (this: IDBObjectStore, ...value) {
      const request = write.apply(this, value);
      const { transaction } = this;
      // The write succeeds, and then the transaction fails.
      request.addEventListener("success", () => (transaction as unknown as Abortable)._abort("QuotaExceededError"));
      return request;
    };
  Object.assign(prototype, { put: failing(put), add: failing(add) });
  return () => void Object.assign(prototype, { put, add });
}

/**
 * Whoever opens one of these databases waits, since somebody wants to delete it and somebody else does not let go of
 * it. Answers how to end that; the databases are then gone.
 */
export async function blockStores(names: readonly string[]): Promise<() => Promise<void>> {
  const holders = await Promise.all(names.map((name) => openDB(name, () => undefined)));
  // What holds a database open and hears nothing: a page that is frozen.
  holders.forEach((holder) => (holder.onversionchange = null));
  const deleted = Promise.all(names.map((name) => deleteDB(name)));
  return async () => {
    holders.forEach((holder) => holder.close());
    await deleted;
  };
}
