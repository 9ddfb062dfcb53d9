import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { WebSocket } from "ws";
import { Doc } from "yjs";

import { logDocument, logName } from "#shared/documents/names.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import type { ChannelId, CommunityId, EntryId } from "#shared/ids.ts";
import type { LocalOptions } from "#client/sync/create-local.ts";
import type { Local } from "#client/sync/local.ts";

import { valueOf } from "./api.ts";
import { findWrongs } from "./checker.ts";
import { lastUnsent } from "./device.ts";
import { fatesOf, type Fate } from "./fates.ts";
import { openRelay, type Relay } from "./relay.ts";
import { until } from "./until.ts";
import { world, type Person, type World } from "./world.ts";

/** Entries of a person and where each must end. */
export type Endings = readonly (readonly [EntryId, Fate])[];

/** A server, a network that a test decides about, and a community whose owner is Alice. */
export interface Race {
  readonly here: World;
  readonly relay: Relay;
  readonly alice: Person;
  readonly community: CommunityId;
  readonly room: (options?: { readonly kind?: "chat" | "broadcast" }) => Promise<ChannelId>;
  readonly member: (name: string) => Promise<Person>;
  /** Opens a tab behind the relay. */
  readonly opens: (person: Person, options?: LocalOptions) => Promise<Local>;
  /** Opens a tab behind the relay, and waits until it is online and knows the room. */
  readonly comes: (person: Person, room: ChannelId, options?: LocalOptions) => Promise<Local>;
  /** The page is gone from one moment to the next, without a word to anybody, and comes back. */
  readonly reloads: (person: Person, page: Local, room: ChannelId, options?: LocalOptions) => Promise<Local>;
  /** The same person says something on another device. Resolves when the server has it. */
  readonly elsewhere: (person: Person, room: ChannelId, entry: Entry) => Promise<void>;
  /** Waits until each entry has ended so. It is looked at once more when the test is over and everybody has left. */
  readonly ends: (person: Person, room: ChannelId, endings: Endings) => Promise<void>;
  /** So far was only the beginning: how things end is told from here on. */
  readonly forget: () => void;
}

/** Call it at the top of a test file. After each test documents, journal and keys are compared. */
export function openRace(): Race {
  const open: Local[] = [];
  const expected: (() => Promise<void>)[] = [];
  let here: World;
  let relay: Relay;
  let alice: Person;
  let community: CommunityId;
  let rooms = 0;

  beforeAll(async () => {
    here = await world();
    relay = await openRelay(() => `${here.url().replace("http", "ws")}/collab`);
    alice = await here.person("Alice");
    community = valueOf(await alice.api.createCommunity({ name: "Northern Networks", access: "open" })).id;
  });
  afterEach(async () => {
    alice.goOnline();
    relay.reset();
    open.splice(0).forEach((local) => local.close());
    for (const look of expected.splice(0)) await look();
    expect(await findWrongs(here.db)).toEqual([]);
    expect(here.failures.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await relay.close();
    await here.close();
  });

  const opens: Race["opens"] = async (person, options) => {
    const local = await person.open({ url: relay.url, ...options });
    open.push(local);
    return local;
  };

  const comes: Race["comes"] = async (person, room, options) => {
    const local = await opens(person, options);
    await until(() => isOnline(local) && local.channel(room) !== undefined, "the connection and the channel");
    return local;
  };

  return {
    get here() {
      return here;
    },
    get relay() {
      return relay;
    },
    get alice() {
      return alice;
    },
    get community() {
      return community;
    },
    room: async ({ kind = "chat" } = {}) =>
      valueOf(await alice.api.createChannel({ id: community, name: `room ${(rooms += 1)}`, kind })).id,
    async member(name) {
      const person = await here.person(name);
      valueOf(await person.api.joinCommunity({ id: community }));
      return person;
    },
    opens,
    comes,
    reloads(person, page, room, options) {
      vanish(person, page);
      return comes(person, room, options);
    },
    async elsewhere(person, room, entry) {
      const api = await person.elsewhere();
      const { token } = valueOf(await api.makeToken({ name: "Another device" }));
      await write(here.url().replace("http", "ws"), token, documentOf(room), logName(person.id), entry);
    },
    forget: () => void expected.splice(0),
    async ends(person, room, endings) {
      const fates = () =>
        fatesOf(
          here.db,
          room,
          person.id,
          endings.map(([id]) => id),
        );
      const wanted = endings.map(([, fate]) => fate);
      await expect.poll(fates, { timeout: 10_000 }).toEqual(wanted);
      expected.push(async () => expect(await fates()).toEqual(wanted));
    },
  };
}

export const isOnline = (local: Local): boolean => local.connection().state === "online";

/** A message without more. */
export const says = (local: Local, room: ChannelId, body: string): Promise<EntryId> =>
  local.send(room, { body, mentions: [] });

/** Somebody else's message is there, which one may want to hide. */
export async function aim(race: Race, room: ChannelId): Promise<EntryId> {
  const target = await says(await race.comes(race.alice, room), room, "hello");
  await race.ends(race.alice, room, [[target, "server"]]);
  return target;
}

/** Hides a message of Alice's, which a member may not. Answers the name of the hiding. */
export async function hides(race: Race, person: Person, page: Local, room: ChannelId, id: EntryId): Promise<EntryId> {
  await page.hide(room, { author: race.alice.id, id }, "not nice");
  return lastUnsent(person);
}

/** A page that is killed says nothing more. */
export function vanish(person: Person, page: Local): void {
  person.goOffline();
  page.close();
  person.goOnline();
}

/** Cuts a person off, and waits until all their tabs know. */
export async function cutOff(person: Person, ...tabs: readonly Local[]): Promise<void> {
  person.goOffline();
  await until(() => tabs.every((local) => local.connection().state === "offline"), "the loss");
}

/** Lets a person back, and waits until they are online. */
export async function letBack(person: Person, local: Local): Promise<void> {
  person.goOnline();
  local.reconnect();
  await until(() => isOnline(local), "the connection");
}

/** How often a room's document was written to. */
export const versionOf = async ({ here }: Race, room: ChannelId): Promise<number | undefined> =>
  (await here.db.selectFrom("document").select("version").where("name", "=", documentOf(room)).executeTakeFirst())
    ?.version;

export const documentOf = (room: ChannelId, segment = 1): string => logDocument("channel", room, segment);

/** Any Yjs client will do. */
async function write(url: string, token: string, name: string, log: string, entry: Entry): Promise<void> {
  const websocketProvider = new HocuspocusProviderWebsocket({ url: `${url}/collab`, WebSocketPolyfill: WebSocket });
  const document = new Doc();
  let isCommitted = false;
  const provider = new HocuspocusProvider({
    websocketProvider,
    name,
    token,
    document,
    onStateless: ({ payload }) => (isCommitted ||= payload.includes(`"committed"`)),
  });
  provider.attach();
  await until(() => provider.isSynced, "the other device");
  document.getArray(log).push([entry]);
  await until(() => isCommitted, "the other device's entry");
  provider.destroy();
  websocketProvider.destroy();
}
