import "fake-indexeddb/auto";

import { openDB, addAutoKey, getAll, transact } from "lib0/indexeddb";
import { expect, test } from "vitest";
import { Doc } from "yjs";

import { openReplicaStore } from "./replica-store.ts";

const logOf = (doc: Doc) => doc.getArray<string>("log/x");

async function storedRows(name: string): Promise<readonly Uint8Array[]> {
  const db = await openDB(name, () => undefined);
  const [store] = transact(db, ["updates"], "readonly");
  const updates: Uint8Array[] = await getAll(store as IDBObjectStore);
  db.close();
  return updates;
}

const storedBytes = async (name: string): Promise<string> => Buffer.concat(await storedRows(name)).toString("latin1");

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

test("a start writes nothing, though somebody looks at the logs as they come", async () => {
  const doc = new Doc();
  const first = await openReplicaStore("read only", doc);
  logOf(doc).push(["one"]);
  doc.getArray("log/y").push(["two"]);
  first.close();

  const next = new Doc();
  next.on("afterTransaction", () => [...next.share.keys()].forEach((root) => next.getArray(root)));
  const second = await openReplicaStore("read only", next);
  second.close();
  expect(await storedRows("read only")).toHaveLength(2);
  expect(logOf(next).toArray()).toEqual(["one"]);
});

test("texts of all lengths and alphabets are read as they were written", async () => {
  const texts = ["", "a", "é", "文字", "🙂 a face", "\u{feff}marked", "plain and long ".repeat(40), "\u0000"];
  const doc = new Doc();
  const store = await openReplicaStore("texts", doc);
  doc.getArray("log/x").push(texts.map((body) => ({ body, [body]: [body, { body }], at: 1.5, on: true, no: null })));
  const written = doc.getArray("log/x").toArray();
  store.close();

  const next = new Doc();
  await openReplicaStore("texts", next);
  expect(next.getArray("log/x").toArray()).toEqual(written);
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
