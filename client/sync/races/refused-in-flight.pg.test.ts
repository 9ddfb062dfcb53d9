import { beforeAll, expect, test } from "vitest";

import type { ChannelId, EntryId } from "#shared/ids.ts";
import type { Local } from "#client/sync/local.ts";
import { aim, cutOff, hides, letBack, openRace, says } from "#tests/support/race.ts";
import { until } from "#tests/support/until.ts";
import type { Person } from "#tests/support/world.ts";

const race = openRace();
let bob: Person;
beforeAll(async () => {
  bob = await race.member("Bob");
});

/** Bob looks at a room in which there is something that he may not hide. */
async function comesToHide(where?: ChannelId) {
  const room = where ?? (await race.room());
  const target = await aim(race, room);
  const page = await race.comes(bob, room);
  return { room, page, hide: () => hides(race, bob, page, room, target) };
}

const threeMore = (local: Local, room: ChannelId): Promise<readonly EntryId[]> =>
  Promise.all(["one", "two", "three"].map((body) => says(local, room, body)));

test("refused with three more in flight, all of them in one frame", async () => {
  const { room, page, hide } = await comesToHide();
  await cutOff(bob, page);
  const culprit = await hide();
  const others = await threeMore(page, room);
  await letBack(bob, page);
  await race.ends(bob, room, [[culprit, "drawer: forbidden"], ...others.map((id) => [id, "server"] as const)]);
  expect(page.notSent()).toMatchObject([{ id: culprit, kind: "hide", code: "forbidden" }]);
});

test("refused with three more on this device behind it, written while it was on the way", async () => {
  const { relay } = race;
  const { room, page, hide } = await comesToHide();
  relay.hold();
  const culprit = await hide();
  await until(() => relay.held() === 1, "the frame to be on its way");
  const others = await threeMore(page, room);
  await relay.release();
  await race.ends(bob, room, [[culprit, "drawer: forbidden"], ...others.map((id) => [id, "server"] as const)]);
});

test("refused with three more in flight in three other channels", async () => {
  const { relay } = race;
  const rooms = await Promise.all([race.room(), race.room(), race.room(), race.room()]);
  const [first, ...others] = rooms as [ChannelId, ...ChannelId[]];
  const { page, hide } = await comesToHide(first);
  await until(() => rooms.every((room) => page.channel(room) !== undefined), "the other channels");
  const timelines = rooms.map((room) => page.openTimeline(() => room));
  await until(() => timelines.every(({ state }) => state() === "ready"), "all of them to be open");
  relay.hold();
  const culprit = await hide();
  const ids = await Promise.all(others.map((room) => says(page, room, "meanwhile")));
  await until(() => relay.held() === 4, "the frames to be on their way");
  await relay.release();
  await race.ends(bob, first, [[culprit, "drawer: forbidden"]]);
  for (const [index, room] of others.entries()) await race.ends(bob, room, [[ids[index] as EntryId, "server"]]);
});

test("refused and the answer lost, with three more in the frame: each is told or taken once after a reload", async () => {
  const { relay } = race;
  const { room, page, hide } = await comesToHide();
  await cutOff(bob, page);
  const culprit = await hide();
  const others = await threeMore(page, room);
  relay.holdAll();
  await letBack(bob, page);
  await until(() => relay.held() === 1, "the frame to be on its way");
  relay.muffle();
  const released = relay.release();
  await until(() => relay.unheard() === 1, "the server to have answered");
  await released;

  await race.reloads(bob, page, room);
  await race.ends(bob, room, [[culprit, "drawer: forbidden"], ...others.map((id) => [id, "server"] as const)]);
});
