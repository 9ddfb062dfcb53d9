import type { Connection } from "@hocuspocus/server";
import { v7 as uuid } from "uuid";
import { afterEach, expect, test } from "vitest";

import type { ChannelId, MemberId } from "#shared/ids.ts";
import type { ServerMessage } from "#shared/protocol/stateless.ts";

import { createHomes, type Homes } from "./homes.ts";

let homes: Homes;
afterEach(() => homes.close());

const alice = uuid() as MemberId;
const [busy, quiet] = [uuid() as ChannelId, uuid() as ChannelId];

/** Resolves when everything that has been asked so far is known. */
const answered = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Somebody's device, which counts how often it is looked at. */
interface Device {
  readonly connection: Connection;
  readonly person: MemberId;
  readonly heard: ServerMessage[];
  looks: number;
}

function createDevice(person = uuid() as MemberId): Device {
  const heard: ServerMessage[] = [];
  const peer = {
    session: { handle: person, person },
    tell: (_connection: Connection, message: ServerMessage) => void (message.type !== "ping" && heard.push(message)),
  };
  const connection = {
    get context() {
      device.looks += 1;
      return { peer };
    },
  } as unknown as Connection;
  const device: Device = { connection, person, heard, looks: 0 };
  return device;
}

/** Opens homes of people who may read what `channelsOf` says, and waits until that is known. */
async function open(devices: readonly Device[], channelsOf: (person: MemberId) => readonly ChannelId[]): Promise<void> {
  homes = createHomes({
    channelsOf: async (person) => new Set(channelsOf(person)),
    isAttached: () => false,
    failed: (error) => expect.unreachable(String(error)),
    now: () => 0,
    every: 1_000_000,
  });
  devices.forEach(({ connection }) => homes.joined(connection));
  await answered();
  devices.forEach((device) => (device.looks = 0));
}

const said = (channel: ChannelId, author = alice) => homes.heard({ channel, author, messages: 1, mentions: [] });

test("to tell what was said costs as much as there are people who may read it, however many there are", async () => {
  const [inside, others] = [[createDevice(), createDevice()], Array.from({ length: 1_000 }, () => createDevice())];
  const isInside = new Set(inside.map(({ person }) => person));
  await open([...inside, ...others], (person) => (isInside.has(person) ? [busy, quiet] : [quiet]));
  for (let times = 0; times < 10; times += 1) said(busy);

  expect(inside.map(({ heard }) => heard.length)).toEqual([10, 10]);
  expect(others.reduce((sum, { looks, heard }) => sum + looks + heard.length, 0)).toBe(0);
});

test("who has gone, and who may not read a channel any more, is not told; who may since, is", async () => {
  const [gone, removed, admitted, author] = [createDevice(), createDevice(), createDevice(), createDevice(alice)];
  const readable = new Map([gone, removed, author].map(({ person }) => [person, [busy]]));
  await open([gone, removed, admitted, author], (person) => readable.get(person) ?? []);
  homes.left(gone.connection);
  readable.set(removed.person, [quiet]);
  readable.set(admitted.person, [busy]);
  homes.authorityChanged({ people: new Set([removed.person]), sessions: new Set(), everybody: true });
  await answered();
  [removed, admitted].forEach(({ heard }) => heard.splice(0));

  said(busy);
  expect([gone, removed, author].flatMap(({ heard }) => heard)).toEqual([]);
  expect(admitted.heard).toMatchObject([{ type: "activity", channel: busy, messages: 1, mentions: 0 }]);
  said(quiet);
  expect(removed.heard).toMatchObject([{ type: "activity", channel: quiet }]);
});

test("who goes while it is asked what they may read is not kept", async () => {
  const late = createDevice();
  let answer = (_channels: ReadonlySet<ChannelId>): void => undefined;
  homes = createHomes({
    channelsOf: () => new Promise((resolve) => (answer = resolve)),
    isAttached: () => false,
    failed: (error) => expect.unreachable(String(error)),
    now: () => 0,
    every: 1_000_000,
  });
  homes.joined(late.connection);
  homes.left(late.connection);
  answer(new Set([busy]));
  await answered();
  said(busy);
  expect(late.heard).toEqual([]);
});
