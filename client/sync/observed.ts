import { createSignal, type Accessor } from "solid-js";

import type { ChannelId, MemberId } from "#shared/ids.ts";

import { createKeyedSignal, type KeyedSignal } from "./keyed-signal.ts";
import type { Connection, Device, Presence } from "./local.ts";
import type { View } from "./mirrors.ts";
import type { Stores } from "./stores.ts";
import { waitingIn } from "./not-sent.ts";

/** What changes on this device, as signals. */
export interface Observed {
  readonly view: Accessor<View>;
  readonly connection: Accessor<Connection>;
  readonly setConnection: (connection: Connection) => void;
  readonly device: Accessor<Device>;
  readonly changeDevice: (change: Partial<Device>) => void;
  readonly presence: (channel: ChannelId) => Presence;
  readonly setPresence: (channel: ChannelId, presence: Presence) => void;
  readonly unsent: KeyedSignal<"rows">;
  readonly names: KeyedSignal<MemberId>;
  readonly places: KeyedSignal<ChannelId>;
  readonly markers: KeyedSignal<ChannelId>;
  readonly drafts: KeyedSignal<ChannelId>;
  readonly close: () => void;
}

const NOBODY: Presence = { online: 0, some: [], typing: [] };

export function observe(stores: Stores): Observed {
  const { unsent, mirrors, places, markers, drafts } = stores;
  const [view, setView] = createSignal(mirrors.view());
  const [connection, setConnection] = createSignal<Connection>({ state: "connecting" });
  const [device, setDevice] = createSignal<Device>({
    tab: "follower",
    ...waitingIn(unsent.rows()),
    mayBeEvicted: false,
    full: false,
  });
  const presences = new Map<ChannelId, Presence>();
  const signals = {
    presence: createKeyedSignal<ChannelId>(),
    unsent: createKeyedSignal<"rows">(),
    names: createKeyedSignal<MemberId>(),
    places: createKeyedSignal<ChannelId>(),
    markers: createKeyedSignal<ChannelId>(),
    drafts: createKeyedSignal<ChannelId>(),
  };
  const changeDevice = (change: Partial<Device>): void => void setDevice((was) => ({ ...was, ...change }));
  const said = new Set<ChannelId>();
  let stopWaiting = (): void => undefined;

  /** A home tells of everything at once; only what was heard of before can differ. */
  function showMirrors(): void {
    const now = mirrors.view();
    setView(() => now);
    stopWaiting();
    stopWaiting = atEndOfMute(now, () => setView({ ...now }));
    mirrors.home
      .states()
      .forEach(({ entry }) =>
        entry.kind === "marker" || entry.kind === "draft" ? said.add(entry.channel) : undefined,
      );
    said.forEach((channel) => {
      signals.markers.tell(channel);
      signals.drafts.tell(channel);
    });
  }

  const stops = [
    mirrors.onChange(showMirrors),
    unsent.onChange(() => {
      signals.unsent.tell("rows");
      changeDevice(waitingIn(unsent.rows()));
    }),
    places.onChange((channels) => channels.forEach(signals.places.tell)),
    markers.onChange(signals.markers.tell),
    drafts.onChange(signals.drafts.tell),
  ];

  return {
    ...signals,
    view,
    connection,
    setConnection: (next) => void setConnection(() => next),
    device,
    changeDevice,
    presence(channel) {
      signals.presence.track(channel);
      return presences.get(channel) ?? NOBODY;
    },
    setPresence(channel, presence) {
      presences.set(channel, presence);
      signals.presence.tell(channel);
    },
    close() {
      stops.forEach((stop) => stop());
      stopWaiting();
    },
  };
}

/** The longest that a timer can wait, in ms. */
const LONGEST = 2 ** 31 - 1;

/** A mute ends by itself, without a word from the server. */
function atEndOfMute({ memberships }: View, over: () => void): () => void {
  const ends = [...memberships.values()].map(({ muted = 0 }) => muted - Date.now()).filter((ms) => ms > 0);
  if (ends.length === 0) return () => undefined;
  const timer = setTimeout(over, Math.min(LONGEST, Math.min(...ends) + 10));
  return () => clearTimeout(timer);
}
