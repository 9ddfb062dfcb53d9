import { v7 as uuid } from "uuid";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { createClock } from "#shared/clock.ts";
import type { ChannelId } from "#shared/ids.ts";
import type { MarkerRow } from "#client/storage/database.ts";

import { openOwnStates, type OwnStates } from "./own-states.ts";

const channel = uuid() as ChannelId;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Desk {
  readonly markers: OwnStates<MarkerRow>;
  readonly said: number[];
  readonly table: Map<ChannelId, MarkerRow>;
  elsewhere: MarkerRow | undefined;
}

async function opens(table = new Map<ChannelId, MarkerRow>()): Promise<Desk> {
  const said: number[] = [];
  const desk = { said, table, elsewhere: undefined as MarkerRow | undefined };
  const markers = await openOwnStates<MarkerRow>({
    table: {
      toArray: async () => [...table.values()],
      bulkGet: async (channels) => channels.map((one) => table.get(one)),
      put: async (state) => table.set(state.channel, state),
    },
    clock: createClock(Date.now),
    said: () => desk.elsewhere,
    say: async ({ read }) => void said.push(read),
    failed: (problem) => {
      throw problem;
    },
  });
  return Object.assign(desk, { markers });
}

test("it holds at once, and only the last of several is said, every five seconds at most", async () => {
  const { markers, said } = await opens();
  for (const read of [1, 2, 3]) await markers.set({ channel, read });
  expect([markers.get(channel)?.read, said]).toEqual([3, []]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(said).toEqual([3]);

  await markers.set({ channel, read: 4 });
  await vi.advanceTimersByTimeAsync(4_900);
  expect(said).toEqual([3]);
  await vi.advanceTimersByTimeAsync(200);
  expect(said).toEqual([3, 4]);
});

test("what was not said before the page was closed is said after the next start", async () => {
  const before = await opens();
  await before.markers.set({ channel, read: 7 });
  before.markers.close();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(before.said).toEqual([]);

  const after = await opens(before.table);
  expect(after.markers.get(channel)?.read).toBe(7);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(after.said).toEqual([7]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(after.said).toEqual([7]);
});

test("the later word stands, whichever device said it", async () => {
  const desk = await opens();
  await desk.markers.set({ channel, read: 5 });
  const { at } = desk.markers.get(channel) as MarkerRow;
  desk.elsewhere = { channel, read: 2, at: at + 1, dirty: false };
  expect(desk.markers.get(channel)?.read).toBe(2);
  desk.elsewhere = { channel, read: 9, at: at - 1, dirty: false };
  expect(desk.markers.get(channel)?.read).toBe(5);
});
