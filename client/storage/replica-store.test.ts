import "fake-indexeddb/auto";

import { openDB, addAutoKey, getAll, transact } from "lib0/indexeddb";
import { expect, test } from "vitest";
import { Doc } from "yjs";

import { openReplicaStore } from "./replica-store.ts";

const logOf = (doc: Doc) => doc.getArray<string>("log/x");

async function storedBytes(name: string): Promise<string> {
  const db = await openDB(name, () => undefined);
  const [store] = transact(db, ["updates"], "readonly");
  const updates: Uint8Array[] = await getAll(store as IDBObjectStore);
  db.close();
  return Buffer.concat(updates).toString("latin1");
}

test("what was stored is there at the next start", async () => {
  const doc = new Doc();
  const store = await openReplicaStore("kept", doc);
  logOf(doc).push(["hello"]);
  await store.rewrite();
  store.close();

  const next = new Doc();
  await openReplicaStore("kept", next);
  expect(logOf(next).toArray()).toEqual(["hello"]);
});

test("a replica that cannot be read is thrown away, and a new one is kept in its place", async () => {
  const first = await openReplicaStore("spoilt", new Doc());
  first.close();
  const db = await openDB("spoilt", () => undefined);
  const [rows] = transact(db, ["updates"]);
  await addAutoKey(rows as IDBObjectStore, new Uint8Array([9, 9, 9, 9]) as never);
  db.close();

  const doc = new Doc();
  const store = await openReplicaStore("spoilt", doc);
  expect(doc.store.clients.size).toBe(0);
  logOf(doc).push(["fetched again"]);
  await store.rewrite();
  store.close();
  const next = new Doc();
  await openReplicaStore("spoilt", next);
  expect(logOf(next).toArray()).toEqual(["fetched again"]);
});

test("what was deleted leaves the disk with the next rewrite", async () => {
  const doc = new Doc();
  const store = await openReplicaStore("erased", doc);
  logOf(doc).push(["swordfish", "herring"]);
  logOf(doc).delete(0);
  expect(await storedBytes("erased")).toContain("swordfish");
  await store.rewrite();
  expect(await storedBytes("erased")).not.toContain("swordfish");
  expect(await storedBytes("erased")).toContain("herring");
});
