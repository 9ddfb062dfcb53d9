import { expect, test } from "vitest";
import { Doc } from "yjs";

import { logName } from "#shared/documents/names.ts";
import type { EntryId, MemberId } from "#shared/ids.ts";
import { createView } from "#server/gate/document-view.ts";
import { createKeys, type EntryKey } from "#server/gate/entry-key.ts";
import { erasing } from "#server/gate/erasing.ts";
import { readUpdate, STEP_2 } from "#server/gate/read-update.ts";
import type { Item } from "#server/gate/update.ts";

import { any, forge, type Struct } from "./support/forge.ts";
import { ownLog } from "./support/world.ts";

const mallory = "0190c2a0-0000-7000-8000-000000000001" as MemberId;

/** Counts how often anything is looked up in something. */
function counted<Thing extends object>(thing: Thing, looks: { count: number }): Thing {
  return new Proxy(thing, {
    get(target, name) {
      looks.count += 1;
      return Reflect.get(target, name) as unknown;
    },
  });
}

const itemOf = (clock: number, values: readonly unknown[]): Item => ({
  client: 7,
  clock,
  length: values.length,
  values,
  root: logName(mallory),
});

const keyOf = (index: number, more: Partial<EntryKey>): EntryKey => ({
  author: mallory,
  id: `01JD${String(index).padStart(22, "0")}` as EntryId,
  kind: "edit",
  at: index,
  digest: "",
  document: "d",
  state: "present",
  ...more,
});

test("thousands of retractions ask for their parts without looking at every entry of the batch", () => {
  const looks = { count: 0 };
  const keys = createKeys();
  const of = (index: number) => ({ author: mallory, id: keyOf(index, {}).id });
  for (let index = 0; index < 5_000; index += 1) keys.put(counted(keyOf(index, { partOf: of(index % 10) }), looks));
  const layer = keys.fork();
  looks.count = 0;
  for (let index = 0; index < 2_000; index += 1) expect(layer.partsOf(of(10_000 + index))).toEqual([]);
  expect(looks.count).toBe(0);
});

test("thousands of states find the one that stands without looking at all the others", () => {
  const looks = { count: 0 };
  const keys = createKeys();
  for (let index = 0; index < 5_000; index += 1) {
    const key = counted(keyOf(index, { stateKey: `draft/${index % 100}`, kind: "draft" }), looks);
    const holder = keys.stateHolder(mallory, key.stateKey as string);
    keys.put(key);
    if (holder !== undefined) keys.put({ ...holder, state: "erased" });
  }
  expect(looks.count / 5_000).toBeLessThan(40);
});

test("a few bytes that name thousands of deleted positions are weighed by what was deleted together", () => {
  const doc = new Doc();
  const log = doc.getArray(logName(mallory));
  log.push(Array.from({ length: 20_000 }, (_, index) => index));
  log.delete(0, 20_000);
  const looks = { count: 0 };
  const structs = doc.store.clients.get(doc.clientID) ?? [];
  doc.store.clients.set(doc.clientID, counted(structs, looks));
  const view = createView(doc, new Map());
  looks.count = 0;
  expect(view.isDeleted({ client: doc.clientID, clock: 0, length: 20_000 })).toBe(true);
  expect(view.isDeleted({ client: doc.clientID, clock: 1, length: 19_999 })).toBe(true);
  expect(looks.count).toBeLessThan(100);
});

test("what a batch has admitted piece by piece is found without walking through the pieces", () => {
  const looks = { count: 0 };
  const view = createView(new Doc(), new Map());
  view.admit(
    Array.from({ length: 4_096 }, (_, clock) => counted(itemOf(clock, [clock]), looks)),
    [],
    mallory,
  );
  looks.count = 0;
  for (let clock = 0; clock < 4_096; clock += 1) expect(view.valueAt({ client: 7, clock })).toBe(clock);
  expect(looks.count / 4_096).toBeLessThan(40);
});

test("a long item of which every second value is erased is cut in one go", () => {
  const looks = { count: 0 };
  const values = counted(
    Array.from({ length: 2_000 }, (_, index) => index),
    looks,
  );
  const { items } = erasing(
    [itemOf(0, values)],
    Array.from({ length: 1_000 }, (_, index) => ({ client: 7, clock: index * 2 })),
  );
  expect(items).toHaveLength(2_000);
  expect(looks.count).toBeLessThan(20_000);
});

test("no frame is read into more than its bytes could hold", () => {
  const struct = (): Struct => any([null], ownLog(mallory));
  const bombs = [
    forge([{ client: 1, clock: 0, structs: [any([], ownLog(mallory), 2 ** 31)] }]),
    forge([{ client: 1, clock: 0, structs: Array.from({ length: 2_000 }, struct) }]),
    Uint8Array.of(1, 1, 5, 0, 8, 1, 1, 115, 128, 128, 4, ...Array.from({ length: 65_000 }, () => 126), 0),
    Uint8Array.of(
      1,
      1,
      5,
      0,
      8,
      1,
      1,
      115,
      1,
      ...Array.from({ length: 4 }, () => [117, 128, 128, 4]).flat(),
      ...Array.from({ length: 65_000 }, () => 117),
    ),
  ];
  for (const bytes of bombs) {
    const read = readUpdate(bytes, STEP_2);
    const values = read.ok ? read.value.items.flatMap((item) => item.values ?? []).length : 0;
    expect(values).toBeLessThanOrEqual(bytes.length);
  }
});
