import { beforeEach, expect, test } from "vitest";

import type { ChannelId } from "#shared/ids.ts";
import type { Local } from "#client/sync/local.ts";
import { backUp } from "#tests/support/backup.ts";
import { lastUnsent } from "#tests/support/device.ts";
import { cutOff, documentOf, letBack, openRace, says } from "#tests/support/race.ts";
import { until } from "#tests/support/until.ts";

const race = openRace();
let room: ChannelId;
let restorations = 0;
beforeEach(async () => {
  room = await race.room();
});

/** The server comes back as it was when the backup was made, and says that it is another one. */
async function restored(restore: () => Promise<void>): Promise<void> {
  const { here } = race;
  await here.stop();
  await restore();
  here.become(`restored ${(restorations += 1)}`);
  await here.start();
}

/** A tab that has the room open, so that it knows all that is said there. */
async function sits(): Promise<Local> {
  const page = await race.comes(race.alice, room);
  const timeline = page.openTimeline(() => room);
  await until(() => timeline.state() === "ready", "the room");
  return page;
}

const sent = (page: Local) => until(() => page.device().waiting === 0, "everything to leave");
const own = (id: string) => ({ author: race.alice.id, id }) as Parameters<Local["retract"]>[1];

test("server restored from an older state: what was acknowledged since comes back under its old name, once", async () => {
  const { alice, here, relay } = race;
  const page = await sits();
  const kept = await says(page, room, "in the backup");
  await race.ends(alice, room, [[kept, "server"]]);
  const restore = await backUp(here.db);
  const id = await says(page, room, "after the backup");
  await sent(page);
  relay.holdAll();
  await page.edit(room, own(kept), "in the backup, I hope", []);
  await until(() => relay.held() === 1, "the edit to be on its way");
  const edit = await lastUnsent(alice);
  await relay.release();
  await race.ends(alice, room, [[edit, "server"]]);

  await restored(restore);
  await race.ends(alice, room, [
    [kept, "server"],
    [id, "server"],
    [edit, "server"],
  ]);
});

test("server restored from an older state while the page was closed: the next start brings back what it forgot", async () => {
  const { alice, here } = race;
  const page = await sits();
  const restore = await backUp(here.db);
  const id = await says(page, room, "after the backup");
  await race.ends(alice, room, [[id, "server"]]);
  page.close();
  await restored(restore);
  await race.comes(alice, room);
  await race.ends(alice, room, [[id, "server"]]);
});

test("server restored from an older state that had taken an entry whose acknowledgement was lost", async () => {
  const { alice, here, relay } = race;
  const page = await race.comes(alice, room);
  const restore = await backUp(here.db);
  relay.muffle();
  const id = await says(page, room, "twice forgotten");
  await until(() => relay.unheard() === 1, "the server to have answered");
  await cutOff(alice, page);
  const later = await says(page, room, "written while it was down");
  await restored(restore);
  await letBack(alice, page);
  await race.ends(alice, room, [
    [id, "server"],
    [later, "server"],
  ]);
});

test("server restored from an older state that has forgotten a retraction: what was taken back is taken back again", async () => {
  const { alice, here, relay } = race;
  const page = await sits();
  const old = await says(page, room, "swordfish");
  await race.ends(alice, room, [[old, "server"]]);
  const restore = await backUp(here.db);
  const young = await says(page, room, "herring");
  await sent(page);
  await race.ends(alice, room, [[young, "server"]]);
  race.forget();
  const retractions = [];
  for (const id of [old, young]) {
    relay.holdAll();
    await page.retract(room, own(id));
    await until(() => relay.held() === 1, "the retraction to be on its way");
    retractions.push(await lastUnsent(alice));
    await relay.release();
    await race.ends(alice, room, [[id, "erased"]]);
  }

  await restored(restore);
  await race.ends(alice, room, [
    [old, "erased"],
    [young, "erased"],
    ...retractions.map((id) => [id, "server"] as const),
  ]);
});

test("server restored from a state before the channel rolled over: what was said since goes on in the old segment", async () => {
  const { alice, here } = race;
  const page = await sits();
  const restore = await backUp(here.db);
  await here.rollsOver(room);
  const id = await says(page, room, "in the second segment");
  await race.ends(alice, room, [[id, "server"]]);
  await restored(restore);
  await race.ends(alice, room, [[id, "server"]]);
  const key = here.db.selectFrom("entry_key").select("document").where("id", "=", id);
  expect(await key.executeTakeFirst()).toEqual({ document: documentOf(room) });
});

test("server restored from an older state: what it had refused stays in the drawer", async () => {
  const { here, alice } = race;
  const bob = await race.member("Bob");
  const page = await race.comes(bob, room);
  const restore = await backUp(here.db);
  const before = await says(await sits(), room, "hello");
  await race.ends(alice, room, [[before, "server"]]);
  race.forget();
  await cutOff(bob, page);
  await page.hide(room, own(before), "not nice");
  const hiding = await lastUnsent(bob);
  await letBack(bob, page);
  await race.ends(bob, room, [[hiding, "drawer: forbidden"]]);
  await restored(restore);
  await letBack(bob, page);
  await race.ends(bob, room, [[hiding, "drawer: forbidden"]]);
});
