import { expect, test } from "vitest";

import type { ChannelId } from "#shared/ids.ts";
import { keepsAndDies, robOwner } from "#tests/support/device.ts";
import { isOnline, openRace, says, vanish } from "#tests/support/race.ts";
import { until } from "#tests/support/until.ts";

const race = openRace();

/** Two tabs of one browser; the first owns the socket. */
async function twoTabs(room: ChannelId) {
  const first = await race.comes(race.alice, room);
  const second = await race.comes(race.alice, room);
  expect([first.device().tab, second.device().tab]).toEqual(["owner", "follower"]);
  return { first, second };
}

test("two tabs, the owner closed in the middle of a send: the other sends again, then the first frame arrives", async () => {
  const { relay, alice } = race;
  const room = await race.room();
  const { first, second } = await twoTabs(room);
  relay.hold();
  const id = await says(second, room, "from the second tab");
  await until(() => relay.held() === 1, "the frame to be on its way");
  vanish(alice, first);

  await until(() => second.device().tab === "owner", "the new owner");
  await race.ends(alice, room, [[id, "server"]]);
  await relay.release();
  await race.ends(alice, room, [[id, "server"]]);
});

test("two tabs, the owner robbed in the middle of a send while it lives on, and robbed back", async () => {
  const { relay, alice } = race;
  const room = await race.room();
  const { first, second } = await twoTabs(room);
  relay.holdAll();
  const id = await says(first, room, "whose is it?");
  await until(() => relay.held() === 1, "the frame to be on its way");
  await robOwner(alice);
  await until(() => second.device().tab === "owner" && first.device().tab === "follower", "the lock to move");
  await until(() => relay.held() === 2, "the entry to be sent again");
  await robOwner(alice);
  await until(() => first.device().tab === "owner" && second.device().tab === "follower", "the lock to move back");
  await until(() => relay.held() === 3, "the entry to be sent a third time");

  await relay.release();
  await race.ends(alice, room, [[id, "server"]]);
  const more = await says(second, room, "and on");
  await race.ends(alice, room, [[more, "server"]]);
});

test("two tabs, the lock moving before the frame leaves: whoever has it sends, and once", async () => {
  const { alice } = race;
  const room = await race.room();
  const { first, second } = await twoTabs(room);
  const ids = await Promise.all([says(first, room, "one"), robOwner(alice), says(second, room, "two")]);
  await until(() => second.device().tab === "owner" && isOnline(second), "the lock to move");
  await race.ends(alice, room, [
    [ids[0], "server"],
    [ids[2], "server"],
  ]);
});

test("two tabs, the owner gone between keeping an entry and telling of it: the other finds it on the disk", async () => {
  const { alice } = race;
  const room = await race.room();
  const { first, second } = await twoTabs(room);
  const id = await keepsAndDies(alice, room, "my last words");
  vanish(alice, first);

  await until(() => second.device().tab === "owner" && isOnline(second), "the new owner");
  await race.ends(alice, room, [[id, "server"]]);
});
