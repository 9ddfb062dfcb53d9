import "fake-indexeddb/auto";

import { getAll, openDB, transact } from "lib0/indexeddb";
import { v7 as uuid } from "uuid";
import { expect, test } from "vitest";
import { applyUpdate, Doc, encodeStateAsUpdate } from "yjs";

import type { MemberId } from "#shared/ids.ts";
import { until } from "#tests/support/until.ts";

import { openDatabase } from "./database.ts";
import { createReplicaDisk } from "./replica-disk.ts";

const DOCUMENT = "channel:x/1";

async function bytesOf(name: string): Promise<string> {
  const db = await openDB(name, () => undefined);
  const [store] = transact(db, ["updates"], "readonly");
  const updates: Uint8Array[] = await getAll(store as IDBObjectStore);
  db.close();
  return Buffer.concat(updates).toString("latin1");
}

test("erased bytes leave the disk at the next start at the latest", async () => {
  const account = uuid() as MemberId;
  const db = await openDatabase(account);
  const disk = createReplicaDisk(db, account);
  const server = new Doc();
  const replica = new Doc();
  const kept = await disk.open(DOCUMENT, "i", replica);
  const name = (await disk.stored())[0]?.name ?? "";

  const hear = (): void => applyUpdate(replica, encodeStateAsUpdate(server), "server");
  server.getArray("log/x").push(["swordfish", "herring"]);
  hear();
  server.getArray("log/x").delete(0);
  hear();
  kept.close();
  expect(await bytesOf(name)).toContain("swordfish");

  const next = await disk.open(DOCUMENT, "i", new Doc());
  let bytes = "swordfish";
  await until(() => {
    void bytesOf(name).then((found) => (bytes = found));
    return !bytes.includes("swordfish");
  }, "the rewrite");
  expect(bytes).toContain("herring");
  await until(() => {
    void db.replica.get(name).then((row) => (bytes = String(row?.rewriteDue)));
    return bytes === "false";
  });
  next.close();
});

test("a replica belongs to one incarnation of the server, and what another one left is found and removed", async () => {
  const account = uuid() as MemberId;
  const disk = createReplicaDisk(await openDatabase(account), account);
  const old = new Doc();
  const kept = await disk.open(DOCUMENT, "first", old);
  old.getArray("log/x").push(["from before"]);
  kept.close();

  const fresh = new Doc();
  await disk.open(DOCUMENT, "second", fresh);
  expect(fresh.getArray("log/x").toArray()).toEqual([]);
  const stored = await disk.stored();
  expect(stored.map(({ incarnation }) => incarnation).toSorted()).toEqual(["first", "second"]);
  await disk.remove(stored.filter(({ incarnation }) => incarnation === "first").map(({ name }) => name));
  expect((await disk.stored()).map(({ incarnation }) => incarnation)).toEqual(["second"]);
});
