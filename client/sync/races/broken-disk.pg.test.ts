import { afterEach, expect, test } from "vitest";

import type { EntryId } from "#shared/ids.ts";
import { onDevice } from "#tests/support/device.ts";
import { accountStore, blockStores, fillDisk, replicasOf, spoilReplicas } from "#tests/support/disk.ts";
import { say } from "#tests/support/people.ts";
import { cutOff, letBack, openRace, says, vanish } from "#tests/support/race.ts";
import { aliceSits, allOnServer, threeSorts } from "#tests/support/three-sorts.ts";
import { until } from "#tests/support/until.ts";

const race = openRace();
let problems: unknown[] = [];
const failed = (problem: unknown): void => void problems.push(problem);
let makeRoom = (): void => undefined;
afterEach(() => {
  makeRoom();
  problems = [];
});

test("IndexedDB corrupted: replicas that cannot be read are fetched anew, and all that waited leaves once", async () => {
  const { alice } = race;
  const room = await race.room();
  const page = await aliceSits(race, room, { failed });
  const ids = await threeSorts(race, page, room);
  vanish(alice, page);
  await spoilReplicas(alice);
  const again = await aliceSits(race, room, { failed });
  await allOnServer(race, room, ids);
  expect(again.notSent()).toEqual([]);
  expect(problems).toEqual([]);
});

test("IndexedDB corrupted: an entry that cannot be read holds up no other", async () => {
  const { alice } = race;
  const room = await race.room();
  const page = await aliceSits(race, room, { failed });
  const ids = await threeSorts(race, page, room);
  vanish(alice, page);
  await onDevice(alice, (db) => db.unsent.put({ id: "0", channel: room, log: "channel", sent: [] } as never));
  await aliceSits(race, room, { failed });
  await allOnServer(race, room, ids);
  await onDevice(alice, (db) => db.unsent.delete("0" as EntryId));
});

test("IndexedDB full while writing: what cannot be kept is told at once, and was never said", async () => {
  const { alice } = race;
  const room = await race.room();
  const page = await aliceSits(race, room, { failed });
  makeRoom = fillDisk();
  await expect(says(page, room, "too much")).rejects.toThrow();
  expect(page.device()).toMatchObject({ full: true, waiting: 0 });
  makeRoom();
  const id = await says(page, room, "fits again");
  await allOnServer(race, room, [id]);
  const messages = race.here.db.selectFrom("entry_key").select("id").where("channel", "=", room);
  expect(await messages.where("author", "=", alice.id).execute()).toEqual([{ id }]);
});

test("IndexedDB full before sending: what cannot be noted as sent is not sent, and leaves when there is room", async () => {
  const { alice, relay } = race;
  const room = await race.room();
  const page = await aliceSits(race, room, { failed });
  const timeline = page.openTimeline(() => room);
  await cutOff(alice, page);
  const id = await says(page, room, "waiting for room");
  makeRoom = fillDisk();
  relay.holdAll();
  await letBack(alice, page);
  await until(() => problems.length > 0, "the failure");
  const later = say("from another device");
  await race.elsewhere(alice, room, later);
  await until(() => timeline.find({ author: alice.id, id: later.id }) !== undefined, "what was sent after the failure");
  expect(relay.held()).toBe(0);
  makeRoom();
  relay.reset();
  await letBack(alice, page);
  await allOnServer(race, room, [id]);
});

test("IndexedDB full while hearing: replicas live on in memory, at the next start too, and entries go both ways", async () => {
  const { alice } = race;
  const bob = await race.member("Bob");
  const room = await race.room();
  const page = await aliceSits(race, room, { failed });
  const timeline = page.openTimeline(() => room);
  const bobs = await race.comes(bob, room, { failed });
  race.relay.hold();
  const heard = await says(bobs, room, "can you hear me?");
  await until(() => race.relay.held() === 1, "the frame to be on its way");
  makeRoom = fillDisk();
  await race.relay.release();
  await until(() => timeline.find({ author: bob.id, id: heard }) !== undefined, "Bob's message");
  page.close();
  const next = await race.comes(alice, room, { failed });
  const again = next.openTimeline(() => room);
  await until(() => again.find({ author: bob.id, id: heard }) !== undefined, "Bob's message again");
  makeRoom();
  const id = await says(next, room, "loud and clear");
  await allOnServer(race, room, [id]);
  await letBack(bob, bobs);
  await race.ends(bob, room, [[heard, "server"]]);
});

test("IndexedDB blocked: replicas that do not open are fetched, and all that waited leaves once", async () => {
  const { alice } = race;
  const room = await race.room();
  const page = await aliceSits(race, room, { failed });
  const ids = await threeSorts(race, page, room);
  vanish(alice, page);
  const unblock = await blockStores(await replicasOf(alice));
  await aliceSits(race, room, { failed });
  await allOnServer(race, room, ids);
  await unblock();
});

test("IndexedDB blocked: a start that waits for the account's database goes on when it may, without what was deleted", async () => {
  const { alice } = race;
  const room = await race.room();
  const page = await aliceSits(race, room, { failed });
  const id = await says(page, room, "known");
  await allOnServer(race, room, [id]);
  vanish(alice, page);
  const unblock = await blockStores([accountStore(alice)]);
  const opening = aliceSits(race, room, { failed });
  await unblock();
  const again = await opening;
  await allOnServer(race, room, [id, await says(again, room, "here I am")]);
});
