import { expect, test } from "vitest";

import type { ChannelId, EntryId } from "#shared/ids.ts";
import { cutOff, letBack, openRace, says } from "#tests/support/race.ts";
import { until } from "#tests/support/until.ts";

const race = openRace();

const DAY = 24 * 60 * 60_000;
const CLOSE = 30_000;
const directions: readonly [string, number][] = [
  ["ahead", DAY],
  ["behind", -DAY],
];

/** A device whose clock can be set. */
function watch(error: number) {
  let wrong = error;
  return {
    now: () => Date.now() + wrong,
    setRight: () => void (wrong = 0),
    setWrong: (by: number) => void (wrong = by),
  };
}

/** How far from now the entries say that they were written, in ms. */
async function errorsOf(...ids: readonly EntryId[]): Promise<readonly number[]> {
  const rows = await race.here.db.selectFrom("entry_key").select(["id", "at"]).execute();
  return ids.map((id) => Math.abs((rows.find((row) => row.id === id)?.at ?? 0) - Date.now()));
}

/** All are on the server once, and at the time at which they were written. */
async function endRight(room: ChannelId, ...ids: readonly EntryId[]): Promise<void> {
  await race.ends(
    race.alice,
    room,
    ids.map((id) => [id, "server"]),
  );
  for (const error of await errorsOf(...ids)) expect(error).toBeLessThan(CLOSE);
}

test.for(directions)("clock a day %s: the server's word sets it right before anything leaves", async ([, error]) => {
  const { alice } = race;
  const room = await race.room();
  alice.goOffline();
  const { now } = watch(error);
  const page = await race.opens(alice, { now });
  const early = await says(page, room, "before the first connection");
  await letBack(alice, page);
  const late = await says(page, room, "online");
  await endRight(room, early, late);
});

test.for(directions)(
  "clock a day %s, and set right while offline, in the middle of what is written",
  async ([, error]) => {
    const { alice } = race;
    const room = await race.room();
    const { now, setRight } = watch(error);
    const page = await race.comes(alice, room, { now });
    await cutOff(alice, page);
    const before = await says(page, room, "before");
    setRight();
    const after = await says(page, room, "after");
    await letBack(alice, page);
    await endRight(room, before, after);
  },
);

test.for(directions)("clock a day %s, and set right between two starts", async ([, error]) => {
  const { alice } = race;
  const room = await race.room();
  const page = await race.comes(alice, room, watch(error));
  await cutOff(alice, page);
  const before = await says(page, room, "with the wrong clock");
  page.close();
  const next = await race.opens(alice);
  const after = await says(next, room, "with the right one");
  await letBack(alice, next);
  await endRight(room, before, after);
});

test.for(directions)(
  "clock right, and set a day %s while online: nothing leaves until the server has said its time",
  async ([, error]) => {
    const { alice } = race;
    const room = await race.room();
    const { now, setWrong } = watch(0);
    const page = await race.comes(alice, room, { now });
    const timeline = page.openTimeline(() => room);
    await until(() => timeline.state() === "ready", "the room");
    await endRight(room, await says(page, room, "in time"));
    setWrong(error);
    const id = await says(page, room, "what time is it?");
    await cutOff(alice, page);
    await letBack(alice, page);
    await endRight(room, id);
  },
);

test.for(directions)(
  "clock a day %s, acknowledgement lost, then set right: what was sent keeps its bytes",
  async ([, error]) => {
    const { alice, relay } = race;
    const room = await race.room();
    const { now, setRight } = watch(error);
    const page = await race.comes(alice, room, { now });
    relay.muffle();
    const id = await says(page, room, "did this leave?");
    await until(() => relay.unheard() === 1, "the server to have answered");
    setRight();
    await race.reloads(alice, page, room, { now });
    await endRight(room, id);
  },
);
