import { expect, test } from "vitest";

import type { ChannelId } from "#shared/ids.ts";
import { valueOf } from "#tests/support/api.ts";
import { onDevice } from "#tests/support/device.ts";
import { isOnline, openRace, says } from "#tests/support/race.ts";
import { until } from "#tests/support/until.ts";
import type { Person } from "#tests/support/world.ts";

const race = openRace();

/** Carol's device is taken over by somebody else, who joins too. */
async function givesWay(carol: Person, name: string): Promise<Person> {
  valueOf(await carol.api.signOut());
  const other = await carol.givesWayTo(name);
  valueOf(await other.api.joinCommunity({ id: race.community }));
  return other;
}

const rowsOf = async (room: ChannelId): Promise<readonly string[]> => {
  const keys = race.here.db.selectFrom("entry_key").select("author").where("channel", "=", room);
  return (await keys.where("kind", "=", "message").execute()).map(({ author }) => author);
};

test("signed out with a frame on its way, and in as another person: each keeps to their own account", async () => {
  const { relay } = race;
  const room = await race.room();
  const carol = await race.member("Carol");
  const carols = await race.comes(carol, room);
  relay.hold();
  const onItsWay = await says(carols, room, "I am Carol");
  await until(() => relay.held() === 1, "the frame to be on its way");

  const dave = await givesWay(carol, "Dave");
  await relay.release();
  await until(() => carols.connection().state === "signed-out", "Carol's tab to notice");
  const later = await says(carols, room, "I am still Carol");
  const daves = await race.comes(dave, room);
  const own = await says(daves, room, "I am Dave");
  await race.ends(dave, room, [[own, "server"]]);
  carols.reconnect();
  await until(() => carols.connection().state === "signed-out", "Carol's tab to notice again");
  expect(await rowsOf(room)).toEqual([dave.id]);
  expect(carols.device().waiting).toBe(2);

  valueOf(await carol.api.signOut());
  await carol.signsInAgain();
  carols.reconnect();
  await until(() => isOnline(carols), "Carol to be back");
  await race.ends(carol, room, [
    [onItsWay, "server"],
    [later, "server"],
  ]);
  expect((await rowsOf(room)).toSorted()).toEqual([carol.id, carol.id, dave.id].toSorted());
});

test("a socket that was opened for one person, and proven for another who has signed in meanwhile", async () => {
  const room = await race.room();
  const erin = await race.member("Erin");
  const erins = await race.comes(erin, room);
  const id = await says(erins, room, "I am Erin");
  await race.ends(erin, room, [[id, "server"]]);
  await givesWay(erin, "Frank");
  const late = await says(erins, room, "so am I");
  // The page asks who is signed in after it has opened a socket with Frank's cookie.
  race.relay.onOpen(() => erin.signsInAgain());
  erins.reconnect();
  await race.ends(erin, room, [
    [id, "server"],
    [late, "server"],
  ]);
  expect(erins.notSent()).toEqual([]);
  expect(await rowsOf(room)).toEqual([erin.id, erin.id]);
});

test("signed out with everything removed from the device, while a frame is on its way", async () => {
  const { relay } = race;
  const room = await race.room();
  const grace = await race.member("Grace");
  const page = await race.comes(grace, room);
  relay.hold();
  const id = await says(page, room, "bye");
  await until(() => relay.held() === 1, "the frame to be on its way");
  await page.wipe();
  await relay.release();
  await race.ends(grace, room, [[id, "server"]]);

  const heidi = await givesWay(grace, "Heidi");
  const heidis = await race.comes(heidi, room);
  const own = await says(heidis, room, "hello");
  await race.ends(heidi, room, [[own, "server"]]);
  expect(await onDevice(grace, (db) => db.unsent.count())).toBe(0);
  expect((await rowsOf(room)).toSorted()).toEqual([grace.id, heidi.id].toSorted());
});
