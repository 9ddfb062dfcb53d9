import { createClock, type Clock } from "#shared/clock.ts";
import { homeOf, type MemberId } from "#shared/ids.ts";
import type { Api } from "#client/api/create-api.ts";
import { leavingAccounts } from "#client/storage/accounts.ts";
import { openDatabase, type DraftRow, type LocalDatabase, type MarkerRow } from "#client/storage/database.ts";
import { createReplicaDisk, type ReplicaDisk } from "#client/storage/replica-disk.ts";

import { createActs, type Acts } from "./acts.ts";
import { openDirectories, type Directories } from "./directories.ts";
import { createMirrors, type Mirrors } from "./mirrors.ts";
import { openOwnStates, type OwnStates } from "./own-states.ts";
import { openPlaces, type Places } from "./places.ts";
import { createReplicas, type Replicas } from "./replicas.ts";
import { openUnsent, type Unsent } from "./unsent.ts";

/** All that an account has in one tab, whether this tab owns the socket or not. */
export interface Stores {
  readonly db: LocalDatabase;
  /** Undefined where replicas live in memory only. */
  readonly disk: ReplicaDisk | undefined;
  readonly clock: Clock;
  readonly unsent: Unsent;
  readonly acts: Acts;
  readonly directories: Directories;
  readonly replicas: Replicas;
  readonly mirrors: Mirrors;
  readonly places: Places;
  readonly markers: OwnStates<MarkerRow>;
  readonly drafts: OwnStates<DraftRow>;
}

export interface StoreOptions {
  readonly keepsReplicas: boolean;
  /** This device's clock, in ms. */
  readonly now: () => number;
  readonly failed: (problem: unknown) => void;
}

export async function openStores(
  me: MemberId,
  api: Api,
  { keepsReplicas, now, failed }: StoreOptions,
): Promise<Stores> {
  const db = await openDatabase(me);
  const [offset, unsent, directories, places] = await Promise.all([
    db.meta.get("offset"),
    openUnsent(db, () => leavingAccounts().includes(me)),
    openDirectories(db, api),
    openPlaces(db, failed),
  ]);
  const clock = createClock(now, { offset: Number(offset?.value ?? 0), steady: () => performance.now() });
  const acts = createActs(unsent, clock);
  const replicas = createReplicas();
  const mirrors = createMirrors(me, { replicas, directories });
  const home = { channel: homeOf(me), log: "user" } as const;

  const openingMarkers = openOwnStates<MarkerRow>({
    table: db.marker,
    clock,
    failed,
    said(channel) {
      const entry = mirrors.home.state(`marker/${channel}`)?.entry;
      return entry?.kind === "marker" ? { channel, read: entry.read, at: entry.at, dirty: false } : undefined;
    },
    say: ({ channel, read }) => acts.putState(home, { kind: "marker", channel, read }),
  });
  const openingDrafts = openOwnStates<DraftRow>({
    table: db.draft,
    clock,
    failed,
    said(channel) {
      const entry = mirrors.home.state(`draft/${channel}`)?.entry;
      return entry?.kind === "draft"
        ? { channel, body: entry.body, re: entry.re, at: entry.at, dirty: false }
        : undefined;
    },
    async say({ channel, body, re }) {
      // What was written and sent within a moment is nobody's draft.
      const isKnown =
        mirrors.home.state(`draft/${channel}`) !== undefined ||
        unsent.of(home.channel).some(({ entry }) => entry.kind === "draft" && entry.channel === channel);
      if (body !== "" || isKnown) await acts.putState(home, { kind: "draft", channel, body, re });
    },
  });
  const [markers, drafts] = await Promise.all([openingMarkers, openingDrafts]);

  return {
    db,
    disk: keepsReplicas ? createReplicaDisk(db, me) : undefined,
    clock,
    unsent,
    acts,
    directories,
    replicas,
    mirrors,
    places,
    markers,
    drafts,
  };
}
