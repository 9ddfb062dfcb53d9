import type { Clock } from "#shared/clock.ts";
import { homeOf, type ChannelId, type MemberId } from "#shared/ids.ts";
import type { Carets, ClientMessage, Refused, ServerMessage } from "#shared/protocol/stateless.ts";
import type { Me } from "#shared/protocol/http/account.ts";
import type { Api } from "#client/api/create-api.ts";
import type { LocalDatabase } from "#client/storage/database.ts";
import type { ReplicaDisk } from "#client/storage/replica-disk.ts";

import type { Place } from "./acts.ts";
import { createAttachments } from "./attachments.ts";
import { createUplink } from "./connection.ts";
import type { Directories } from "./directories.ts";
import { examine } from "./expulsion.ts";
import type { Incarnations } from "./incarnations.ts";
import type { CreateSocket } from "./line.ts";
import type { Connection, Unread } from "./local.ts";
import type { Mirrors } from "./mirrors.ts";
import { createOutbox } from "./outbox.ts";
import { createOwnerFeed } from "./owner-feed.ts";
import type { PagesLater } from "./pages-later.ts";
import type { Places } from "./places.ts";
import { keepPinned } from "./keep-pinned.ts";
import { keepRecent } from "./recent.ts";
import { strays, welcomeBack } from "./reconcile.ts";
import type { Replica } from "./replica.ts";
import type { Replicas } from "./replicas.ts";
import type { Presence } from "./tab-bus.ts";
import type { Timelines } from "./timelines.ts";
import type { Unsent } from "./unsent.ts";

/** What the tab that owns socket and stores does, until it is closed or robbed. */
export interface Owner {
  readonly say: (document: string, message: ClientMessage) => void;
  readonly reconnect: () => void;
  readonly close: () => void;
}

export interface OwnerDependencies {
  readonly me: MemberId;
  readonly platformAdmin: boolean;
  readonly api: Api;
  readonly createSocket: CreateSocket;
  readonly clock: Clock;
  readonly db: LocalDatabase;
  readonly disk: ReplicaDisk | undefined;
  readonly unsent: Unsent;
  readonly replicas: Replicas;
  readonly directories: Directories;
  readonly incarnations: Incarnations;
  readonly mirrors: Mirrors;
  readonly places: Places;
  readonly timelines: Timelines;
  /** Undefined for what is not there for this person. */
  readonly placeOf: (channel: ChannelId) => Place | undefined;
  /** The server has said who is signed in here. */
  readonly recognised: (me: Me) => Promise<void>;
  readonly connection: (state: Connection) => void;
  readonly presence: (presence: Presence) => void;
  readonly carets: (carets: Carets) => void;
  readonly pages: PagesLater;
  /** On a new connection, when the home is up to date. */
  readonly arrived: () => void;
  readonly failed: (problem: unknown) => void;
}

/** Before a document that was refused, and is ours all the same, is asked for again, in ms. */
const RETRY_AFTER = 5_000;
const SOON = 300;
/** The server counts from tables that follow the documents at a small distance. */
const RECOUNT_AFTER = 2_000;

export function becomeOwner(deps: OwnerDependencies): Owner {
  const { me, api, db, replicas, directories, incarnations, mirrors, places, timelines, clock, failed } = deps;
  const attachments = createAttachments();
  const outbox = createOutbox(deps);
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const distrusted = new Set<string>();
  let isLooking = false;
  const isHome = ({ ref }: Replica): boolean => ref.kind === "user" && ref.id === homeOf(me);

  function later(work: () => void, ms: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms);
    timers.add(timer);
  }

  function synced(replica: Replica): void {
    void incarnations.renewed(replica).catch(failed);
    if (isHome(replica)) arrive();
    lookForStrays();
  }

  /** Once for all that changes together. */
  function lookForStrays(): void {
    if (isLooking) return;
    isLooking = true;
    later(() => {
      isLooking = false;
      if (mirrors.isComplete()) void letStraysGo().catch(failed);
    }, SOON);
  }

  function arrive(): void {
    uplink.arrived();
    distrusted.clear();
    void countElsewhere().catch(failed);
    deps.arrived();
  }

  async function countElsewhere(): Promise<void> {
    const answer = await api.unread();
    if (!answer.ok) return;
    const words = new Map<ChannelId, Unread>(answer.value.channels.map((word) => [word.channel, word]));
    places.told(words, timelines.isOpen);
  }

  async function letStraysGo(): Promise<void> {
    for (const document of await strays(deps)) await examine(deps, document);
  }

  async function lookAt(replica: Replica): Promise<void> {
    const state = await examine(deps, replica.ref);
    // Who was let in again while it was taken away here has seen nothing of that.
    later(() => (state === "gone" ? welcomeBack(deps) : attachments.retry(replica.name)), RETRY_AFTER);
  }

  /** The server lacks what a replica holds, though it calls itself the same: what we said there is compared once. */
  async function distrust(replica: Replica): Promise<void> {
    if (distrusted.has(replica.name)) return;
    distrusted.add(replica.name);
    await incarnations.compare(replica);
    replicas.renew(replica.name);
  }

  function heard(replica: Replica, message: ServerMessage): void {
    outbox.heard(replica, message);
    if (replica.ref.kind === "page") deps.pages.heard(replica.ref.id, message);
    if (message.type === "carets") deps.carets(message);
    if (message.type === "presence") deps.presence(message);
    if (message.type === "activity") places.heard(message.channel, message);
    if (message.type === "authority") lookForStrays();
    if (message.type === "ping") beat(replica, message.now);
    if (isAtOdds(message)) void distrust(replica).catch(failed);
  }

  function beat(replica: Replica, now: number): void {
    attachments.say(replica.name, { type: "pong" });
    clock.correct(now);
    outbox.timed();
    void db.meta.put({ key: "offset", value: clock.offset() }).catch(failed);
  }

  const uplink = createUplink({
    me,
    api,
    createSocket: deps.createSocket,
    attachments,
    async agreeOn(answer) {
      await deps.recognised(answer);
      const isAgreed = await incarnations.agreeOn(answer.incarnation);
      // Before the home is here: where it goes on may be what is not known yet.
      if (isAgreed) directories.catchUp();
      return isAgreed;
    },
    changed: deps.connection,
    failed,
  });

  replicas.feedFrom(
    createOwnerFeed({
      disk: deps.disk,
      incarnation: incarnations.current,
      attachments,
      rankOf: (replica) => (isHome(replica) ? 0 : replica.ref.kind === "community" ? 1 : 2),
      events: {
        synced(replica, line) {
          outbox.synced(replica, line);
          if (replica.ref.kind === "page") deps.pages.synced(replica, replica.ref.id, line);
          synced(replica);
        },
        heard,
        lost(replica) {
          outbox.lost(replica);
          if (replica.ref.kind === "page") deps.pages.lost(replica.ref.id);
        },
        refused: (replica) => void lookAt(replica).catch(failed),
      },
      failed,
    }),
  );

  /** Another device has read what is not counted here. */
  const markersElsewhere = (): string =>
    mirrors.home
      .states()
      .flatMap(({ entry }) =>
        entry.kind === "marker" && !timelines.isOpen(entry.channel) ? `${entry.channel} ${entry.read}` : [],
      )
      .join();
  let countedWith = "";
  function lookForMarkers(): void {
    const markers = markersElsewhere();
    if (markers === countedWith || uplink.state().state !== "online") return;
    countedWith = markers;
    later(() => void countElsewhere().catch(failed), RECOUNT_AFTER);
  }

  void deps.unsent.reloadAll().catch(failed);
  const stops = [
    mirrors.onChange(() => welcomeBack(deps)),
    mirrors.onChange(lookForStrays),
    // What is said where one is not: nothing else may ever ask about it.
    deps.unsent.onChange(({ into }) =>
      into.some(({ channel }) => deps.placeOf(channel) === undefined) ? lookForStrays() : undefined,
    ),
    mirrors.onChange(lookForMarkers),
    keepRecent(deps),
    keepPinned(deps),
    deps.pages.own(),
  ];

  return {
    say: attachments.say,
    reconnect: uplink.reconnect,
    close() {
      stops.forEach((stop) => stop());
      timers.forEach((timer) => clearTimeout(timer));
      uplink.close();
      outbox.close();
    },
  };
}

const isAtOdds = (message: ServerMessage): message is Refused =>
  message.type === "refused" && message.step2 === true && message.class !== "later";
