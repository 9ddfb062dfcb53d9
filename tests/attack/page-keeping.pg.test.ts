import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { Doc, encodeStateAsUpdate } from "yjs";

import { pageDocument } from "#shared/documents/names.ts";
import type { MemberId } from "#shared/ids.ts";
import { load, type Live } from "#server/documents/live.ts";
import { page } from "#tests/support/people.ts";
import { pageWriter, paragraph } from "#tests/support/page-writer.ts";

import { openHall, type Hall } from "./support/hall.ts";

/** Alice and Mallory moderate. */
let hall: Hall;
let alice: MemberId;
let mallory: MemberId;
let name: string;
let live: Live;

beforeAll(async () => {
  hall = await openHall();
  ({ alice, mallory } = hall.world);
  await hall.world.database.db
    .updateTable("membership")
    .set({ role: "moderator" })
    .where("person_id", "=", mallory)
    .execute();
});
beforeEach(async () => {
  name = pageDocument(await page(hall.world.database.db, hall.world.home));
  live = await hall.world.node.open(name);
});
afterEach(() => hall.clear());
afterAll(() => hall.close());

const take = (sender: MemberId, bytes: Uint8Array, step2 = false) => hall.world.node.take(live, sender, bytes, step2);

test("a page changes by what somebody sends alone, whatever marks meet in it", async () => {
  const [hers, his] = [pageWriter(), pageWriter()];
  await take(alice, hers.writes(paragraph("Be kind")));
  his.hears(encodeStateAsUpdate(live.doc));
  const origins: unknown[] = [];
  live.doc.on("update", (_update: Uint8Array, origin: unknown) => origins.push(origin));
  const bold = hers.writes(paragraph("Be kind", { type: "bold" }));
  await take(mallory, his.writes(paragraph("Be kind", { type: "bold" })));
  await take(alice, bold);
  await take(alice, hers.writes(paragraph("Be kind")));
  expect(origins).toEqual(Array(3).fill(expect.objectContaining({ source: "local", skipStoreHooks: true })));
  const stored = new Doc();
  await load(hall.world.database.db, name, stored);
  expect(encodeStateAsUpdate(live.doc)).toEqual(encodeStateAsUpdate(stored));
});
