import { expect, test } from "vitest";

import type { ChannelId, EntryId } from "#shared/ids.ts";
import { cutOff, documentOf, letBack, openRace, says } from "#tests/support/race.ts";
import { until } from "#tests/support/until.ts";

const race = openRace();

const documentsOf = async (...ids: readonly EntryId[]): Promise<readonly (string | undefined)[]> => {
  const keys = await race.here.db.selectFrom("entry_key").select(["id", "document"]).execute();
  return ids.map((id) => keys.find((key) => key.id === id)?.document);
};

/** Alice has said something in the first segment, and is away. */
async function aliceIsAway(room: ChannelId) {
  const page = await race.comes(race.alice, room);
  const first = await says(page, room, "in the first");
  await race.ends(race.alice, room, [[first, "server"]]);
  await cutOff(race.alice, page);
  return { page, first };
}

test("rolled to a new segment while offline: what was written meanwhile goes on in the new one", async () => {
  const { alice } = race;
  const room = await race.room();
  const { page, first } = await aliceIsAway(room);
  const ids = [await says(page, room, "one"), await says(page, room, "two")] as const;
  await page.edit(room, { author: alice.id, id: first }, "in the first, as I said", []);
  await race.here.rollsOver(room);
  await letBack(alice, page);

  await race.ends(alice, room, [
    [first, "server"],
    [ids[0], "server"],
    [ids[1], "server"],
  ]);
  expect(await documentsOf(first, ...ids)).toEqual([documentOf(room), documentOf(room, 2), documentOf(room, 2)]);
  expect(page.notSent()).toEqual([]);
});

test("rolled twice while offline", async () => {
  const { alice } = race;
  const room = await race.room();
  const { page } = await aliceIsAway(room);
  const id = await says(page, room, "where are we?");
  await race.here.rollsOver(room);
  await race.here.rollsOver(room, 2);
  await letBack(alice, page);
  await race.ends(alice, room, [[id, "server"]]);
  expect(await documentsOf(id)).toEqual([documentOf(room, 3)]);
});

test("rolled while offline, after the old segment had taken the entry and the acknowledgement was lost", async () => {
  const { alice, relay } = race;
  const room = await race.room();
  const page = await race.comes(alice, room);
  relay.muffle();
  const id = await says(page, room, "just before");
  await until(() => relay.unheard() === 1, "the server to have answered");
  await race.here.rollsOver(room);
  await race.reloads(alice, page, room);
  await race.ends(alice, room, [[id, "server"]]);
  expect(await documentsOf(id)).toEqual([documentOf(room)]);
});

test("rolled while the frame was on its way, and it arrives after the entry was sent into the new segment", async () => {
  const { alice, relay } = race;
  const room = await race.room();
  const page = await race.comes(alice, room);
  relay.hold();
  const id = await says(page, room, "which one?");
  await until(() => relay.held() === 1, "the frame to be on its way");
  await race.here.rollsOver(room);
  await race.reloads(alice, page, room);
  await race.ends(alice, room, [[id, "server"]]);
  await relay.release();
  await race.ends(alice, room, [[id, "server"]]);
  expect(await documentsOf(id)).toEqual([documentOf(room, 2)]);
});
