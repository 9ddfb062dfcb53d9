import { expect, test } from "vitest";

import type { EntryId } from "#shared/ids.ts";
import { onDevice } from "#tests/support/device.ts";
import { evictReplicas, wipe } from "#tests/support/disk.ts";
import { letBack, openRace, says, vanish } from "#tests/support/race.ts";
import { aliceSits, allOnServer, threeSorts } from "#tests/support/three-sorts.ts";
import { until } from "#tests/support/until.ts";

const race = openRace();

test("IndexedDB wiped while the page is open: what waited is kept again, and leaves once", async () => {
  const { alice } = race;
  const room = await race.room();
  const page = await aliceSits(race, room);
  const ids = await threeSorts(race, page, room);
  await wipe(alice);
  const later = await says(page, room, "after the wipe");
  expect(await onDevice(alice, (db) => db.unsent.count())).toBe(3);
  await letBack(alice, page);
  await allOnServer(race, room, [...ids, later]);
});

test("IndexedDB wiped while the page is open: the drawer is kept again", async () => {
  const { alice } = race;
  const bob = await race.member("Robert");
  const room = await race.room();
  const target = await says(await aliceSits(race, room), room, "hello");
  await allOnServer(race, room, [target]);
  const page = await race.comes(bob, room);
  await page.hide(room, { author: alice.id, id: target }, "not nice");
  await until(() => page.notSent().length === 1, "the drawer");
  const refused = page.notSent()[0]?.id as EntryId;
  await wipe(bob);
  const id = await says(page, room, "something else");
  await race.ends(bob, room, [
    [refused, "drawer: forbidden"],
    [id, "server"],
  ]);
});

test("IndexedDB wiped between two starts: what the server has is there once, and the lost answer costs nothing", async () => {
  const { alice } = race;
  const room = await race.room();
  const page = await aliceSits(race, room);
  const [known, lost, never] = await threeSorts(race, page, room);
  vanish(alice, page);
  await wipe(alice);
  const again = await aliceSits(race, room);
  const timeline = again.openTimeline(() => room);
  await until(() => timeline.find({ author: alice.id, id: lost }) !== undefined, "what the server had");
  // What was on this device alone is what nobody can bring back; the browser had not promised to keep it.
  await race.ends(alice, room, [
    [known, "server"],
    [lost, "server"],
    [never, "nowhere"],
  ]);
});

test("IndexedDB evicted for replicas only, while the page is open: the page goes on, and so does the next one", async () => {
  const { alice } = race;
  const bob = await race.member("Rob");
  const room = await race.room();
  const page = await aliceSits(race, room);
  const timeline = page.openTimeline(() => room);
  await evictReplicas(alice);
  const heard = await says(await race.comes(bob, room), room, "still there?");
  await until(() => timeline.find({ author: bob.id, id: heard }) !== undefined, "Bob's message");
  const ids = await threeSorts(race, page, room);
  const again = await race.reloads(alice, page, room);
  await allOnServer(race, room, ids);
  const shown = again.openTimeline(() => room);
  await until(() => shown.find({ author: bob.id, id: heard }) !== undefined, "Bob's message again");
});

test("IndexedDB evicted for replicas only, between two starts: all that waited leaves once", async () => {
  const { alice } = race;
  const room = await race.room();
  const page = await aliceSits(race, room);
  const ids = await threeSorts(race, page, room);
  vanish(alice, page);
  await evictReplicas(alice);
  await aliceSits(race, room);
  await allOnServer(race, room, ids);
});
