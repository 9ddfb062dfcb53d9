import { expect, test } from "vitest";

import { about } from "#tests/support/people.ts";
import { cutOff, letBack, openRace, says, vanish, versionOf } from "#tests/support/race.ts";
import { until } from "#tests/support/until.ts";

const race = openRace();

test("acknowledgement lost, page reloaded, sent again under a new clientID, and then the first frame arrives after all", async () => {
  const { relay, alice } = race;
  const room = await race.room();
  const page = await race.comes(alice, room);
  relay.hold();
  const id = await says(page, room, "is anybody there?");
  await until(() => relay.held() === 1, "the frame to be on its way");

  const reloaded = await race.reloads(alice, page, room);
  await race.ends(alice, room, [[id, "server"]]);
  await relay.release();
  await race.ends(alice, room, [[id, "server"]]);
  expect(reloaded.notSent()).toEqual([]);
});

test("acknowledgement lost, page reloaded, sent again, and the first frame overtakes the second", async () => {
  const { relay, alice } = race;
  const room = await race.room();
  const page = await race.comes(alice, room);
  relay.holdAll();
  const id = await says(page, room, "on the slow road");
  await until(() => relay.held() === 1, "the frame to be on its way");
  await race.reloads(alice, page, room);
  await until(() => relay.held() === 2, "the entry to be sent again");
  await relay.release();
  await race.ends(alice, room, [[id, "server"]]);
});

test("acknowledgement and echo lost, page reloaded: what had arrived is seen, and not sent again", async () => {
  const { relay, alice } = race;
  const room = await race.room();
  const page = await race.comes(alice, room);
  relay.muffle();
  const id = await says(page, room, "did this leave?");
  await until(() => relay.unheard() === 1, "the server to have answered");
  expect(page.device().waiting).toBe(1);
  const version = await versionOf(race, room);

  await race.reloads(alice, page, room);
  await race.ends(alice, room, [[id, "server"]]);
  expect(await versionOf(race, room)).toBe(version);
});

test.for(["stays open", "is reloaded"])(
  "acknowledgement lost and the entry retracted from another device, while the page %s",
  async (page) => {
    const { relay, alice } = race;
    const room = await race.room();
    const first = await race.comes(alice, room);
    relay.muffle();
    const id = await says(first, room, "swordfish");
    await until(() => relay.unheard() === 1, "the server to have answered");
    if (page === "stays open") await cutOff(alice, first);
    else vanish(alice, first);
    const taken = about("retract", { of: { author: alice.id, id }, what: "message" });
    await race.elsewhere(alice, room, taken);

    const back = page === "stays open" ? first : await race.comes(alice, room);
    if (page === "stays open") await letBack(alice, first);
    await race.ends(alice, room, [
      [id, "erased"],
      [taken.id, "server"],
    ]);
    expect(back.device().waiting).toBe(0);
    expect(back.notSent()).toEqual([]);
  },
);

test("retracted from another device before the entry is sent again, and then the first frame arrives too", async () => {
  const { relay, alice } = race;
  const room = await race.room();
  const page = await race.comes(alice, room);
  relay.hold();
  const id = await says(page, room, "swordfish");
  await until(() => relay.held() === 1, "the frame to be on its way");
  vanish(alice, page);
  const taken = about("retract", { of: { author: alice.id, id }, what: "message" });
  await race.elsewhere(alice, room, taken);
  await race.comes(alice, room);
  await race.ends(alice, room, [
    [id, "erased"],
    [taken.id, "server"],
  ]);
  await relay.release();
  await race.ends(alice, room, [[id, "erased"]]);
});
