import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { kindOf, valueOf, type Browser } from "#tests/support/api.ts";
import { openCourt, type Court } from "#tests/support/court.ts";
import { say } from "#tests/support/people.ts";
import { channelDocument } from "#tests/support/scribe.ts";

import type { MeasureKind } from "./measures.ts";

let court: Court;
let erin: Browser;
const names = ["Erin", "Frank", "Grace", "Heidi"];
beforeAll(async () => void (court = await openCourt()));
beforeEach(async () => {
  erin = await court.person(names.shift() as string);
  valueOf(await erin.api.joinCommunity({ id: court.community }));
});
afterAll(() => court.close());

const HOUR = 3_600_000;

/** Alice and Bob both keep order. */
const take = async (by: Browser, kind: MeasureKind, until?: number) =>
  valueOf(
    await by.api.takeMeasure({
      desk: court.community,
      kind,
      person: erin.me.id,
      reason: "Because",
      ...(until === undefined ? {} : { until }),
    }),
  ).id;
const undo = async (id: string) =>
  valueOf(await court.alice.api.liftMeasure({ desk: court.community, id, restore: "true" }));
const speaks = async () => (await court.enter(erin, channelDocument(court.channel), say("hello"))).kind === "committed";

test("undoing an older measure brings nobody back who is still banned; undoing the ban then does", async () => {
  const kick = await take(court.alice, "kick");
  const ban = await take(court.bob, "ban");
  await undo(kick);
  expect(await speaks()).toBe(false);
  expect(kindOf(await erin.api.joinCommunity({ id: court.community }))).toBe("banned");
  await undo(ban);
  expect(await speaks()).toBe(true);
});

test("undoing the ban of somebody who was taken out before leaves them taken out", async () => {
  const kick = await take(court.alice, "kick");
  const ban = await take(court.bob, "ban");
  await undo(ban);
  expect(await speaks()).toBe(false);
  await undo(kick);
  expect(await speaks()).toBe(true);
});

test("undoing a ban that prolonged another one gives back what the first one took", async () => {
  const first = await take(court.bob, "ban", Date.now() + HOUR);
  const second = await take(court.bob, "ban", Date.now() + 2 * HOUR);
  await court.db
    .updateTable("measure")
    .set({ until: new Date(Date.now() - 1) })
    .where("id", "=", first)
    .execute();
  await undo(second);
  expect(await speaks()).toBe(true);
});

test("what was undone is undone once, and nobody is brought back who has left by themselves", async () => {
  const kick = await take(court.alice, "kick");
  await undo(kick);
  valueOf(await erin.api.leaveCommunity({ id: court.community }));
  await undo(kick);
  expect(await speaks()).toBe(false);

  valueOf(await erin.api.joinCommunity({ id: court.community }));
  const again = await take(court.alice, "kick");
  valueOf(await erin.api.joinCommunity({ id: court.community }));
  valueOf(await erin.api.leaveCommunity({ id: court.community }));
  await undo(again);
  expect(await speaks()).toBe(false);
});
