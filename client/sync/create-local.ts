import { homeOf, type ChannelId } from "#shared/ids.ts";
import { isLog, logDocument, parseDocumentName } from "#shared/documents/names.ts";
import type { Api } from "#client/api/create-api.ts";
import {
  beginLeaving,
  forgetAccount,
  haveLeft,
  rememberAccount,
  type RememberedAccount,
} from "#client/storage/accounts.ts";
import { removeDatabases } from "#client/storage/database.ts";
import { askToKeep } from "#client/storage/quota.ts";

import type { Place } from "./acts.ts";
import { openIncarnations } from "./incarnations.ts";
import { createKept } from "./kept.ts";
import { createListeners } from "./listeners.ts";
import type { Connection, Device, Local } from "./local.ts";
import { createLocalPages, type SayCaret } from "./local-pages.ts";
import { notSentOf } from "./not-sent.ts";
import { observe } from "./observed.ts";
import type { OwnerDependencies } from "./owner.ts";
import { playAlone, playTogether } from "./part.ts";
import { actorIn, isAllowed } from "./permissions.ts";
import { channelsIn, communitiesOf, conversationsOf } from "./places-view.ts";
import { openProfiles } from "./profiles.ts";
import { createSaving } from "./saving.ts";
import { shareTables } from "./share-tables.ts";
import { createShownLog } from "./shown-log.ts";
import { createShownTimeline } from "./shown-timeline.ts";
import { createSocketLater } from "./socket-later.ts";
import { openStores } from "./stores.ts";
import { syncUrl } from "./sync-url.ts";
import { openTabBus } from "./tab-bus.ts";
import { createTimelines } from "./timelines.ts";

export interface LocalOptions {
  /** Of the sync endpoint; by default that of this page's server. */
  readonly url?: string;
  /** Where the platform's own sends no cookies. */
  readonly WebSocket?: unknown;
  /** This device's clock, in ms; right or wrong. */
  readonly now?: () => number;
  /** The server has said who is signed in here; by default that is remembered for the next start. */
  readonly recognised?: (account: RememberedAccount) => void;
  /** Another tab has removed the account from this device; nothing of it is here any more. */
  readonly wiped?: () => void;
  /** Something went wrong that nobody here can answer; by default it becomes an error of the page. */
  readonly failed?: (problem: unknown) => void;
}

/** Opens what an account has on this device, and keeps it current. Works the same without a network. */
export async function createLocal(account: RememberedAccount, api: Api, options: LocalOptions = {}): Promise<Local> {
  const { wiped = () => undefined, recognised = rememberAccount } = options;
  let isClosed = false;
  // What was on its way to the disk when it was closed is not news.
  const failed = (problem: unknown): void => (isClosed ? undefined : (options.failed ?? reportError)(problem));
  const me = account.id;
  const person = { id: me, platformAdmin: account.platformAdmin };
  // Not there without a secure context: then this tab has nobody to agree with, and keeps no replicas.
  const isTogether = (navigator as Partial<Navigator>).locks !== undefined;

  const stores = await openStores(me, api, { keepsReplicas: isTogether, now: options.now ?? Date.now, failed });
  const { db, unsent, acts, mirrors, places, markers, drafts, replicas, directories } = stores;
  const seen = observe(stores);
  const voided = (): void => replicas.all().forEach(({ name }) => replicas.renew(name));
  const [profiles, incarnations] = await Promise.all([
    openProfiles({ db, api, failed, changed: (ids) => ids.forEach(seen.names.tell) }),
    openIncarnations({ ...stores, me, api, voided, failed }, account.incarnation),
  ]);
  await profiles.learn(me, account.name);

  const connectionChanges = createListeners();
  const isOnline = (): boolean => seen.connection().state === "online";
  const timelines = createTimelines({
    ...stores,
    me,
    markerOf: markers.get,
    counted: places.counted,
    isOnline,
    isHopeful: () => isOnline() || seen.connection().state === "connecting",
    onConnection: connectionChanges.add,
  });
  markers.onChange(timelines.refresh);
  mirrors.onChange(timelines.refreshAll);

  function placeOf(channel: ChannelId): Place | undefined {
    if (channel === homeOf(me)) return { channel, log: "user" };
    if (mirrors.view().conversations.has(channel)) return { channel, log: "dm" };
    return mirrors.view().channels.has(channel) ? { channel, log: "channel" } : undefined;
  }
  /** What one has just made may be shown before the server's word of it is here. */
  const placeAt = (channel: ChannelId): Place => placeOf(channel) ?? { channel, log: "channel" };

  const say: SayCaret = (document, caret) => part.say(document, { type: "caret", ...caret });
  const { pages, shown } = createLocalPages(stores, { view: seen.view, say, failed });

  const deps: OwnerDependencies = {
    ...stores,
    pages,
    carets: pages.told,
    me,
    platformAdmin: person.platformAdmin,
    api,
    incarnations,
    timelines,
    placeOf,
    createSocket: createSocketLater({ url: options.url ?? syncUrl(), WebSocket: options.WebSocket }),
    async recognised(answer) {
      recognised(answer);
      await profiles.learn(answer.id, answer.name);
    },
    connection(state: Connection) {
      seen.setConnection(state);
      connectionChanges.tell();
    },
    presence({ document, ...presence }) {
      const place = parseDocumentName(document);
      if (place !== undefined && isLog(place)) seen.setPresence(place.id, presence);
    },
    arrived: profiles.refresh,
    failed,
  };

  const bus = openTabBus(me);
  // Alone, what one tab has written waits there until it goes on.
  const stopSharing = isTogether ? shareTables(bus, { ...stores, pages }) : undefined;
  const events = {
    became: (tab: Device["tab"]) => seen.changeDevice({ tab }),
    wiped() {
      close();
      wiped();
    },
  };
  const part = isTogether ? await playTogether(deps, bus, events) : playAlone(deps, bus, events);
  // Lists that are there already shall not appear one by one.
  await Promise.race([mirrors.read(), elapsed(PATIENCE)]);
  void askToKeep().then((isKept) => seen.changeDevice({ mayBeEvicted: !isKept }), failed);

  function close(): void {
    if (isClosed) return;
    isClosed = true;
    part.close();
    timelines.close();
    replicas.feedFrom(undefined);
    stopSharing?.();
    bus.close();
    markers.close();
    drafts.close();
    mirrors.close();
    seen.close();
    db.close();
  }

  const saving = createSaving(() => seen.changeDevice({ full: true }));

  return {
    me: () => {
      seen.names.track(me);
      return { id: me, name: profiles.nameOf(me) };
    },
    connection: seen.connection,
    reconnect: part.reconnect,
    device: seen.device,

    communities: () => communitiesOf(seen.view()),
    conversations: () => conversationsOf(seen.view()),
    pages: shown,
    membershipOf: (community) => seen.view().memberships.get(community),
    channelsOf: (community) => channelsIn(seen.view(), community),
    channel: (id) => seen.view().channels.get(id) ?? seen.view().conversations.get(id),
    may: (action, where, about) => isAllowed(seen.view(), person, action, where, about),
    actorIn: (community) => actorIn(seen.view(), person, community),

    profile(id) {
      seen.names.track(id);
      return { id, name: profiles.nameOf(id) };
    },

    openTimeline: (channel) =>
      createShownTimeline(channel, {
        open(id) {
          places.visit(id);
          return timelines.open(placeAt(id));
        },
        trackUnsent: () => seen.unsent.track("rows"),
        presence: seen.presence,
      }),
    unread(channel) {
      seen.places.track(channel);
      return places.unread(channel);
    },
    markRead(channel, position) {
      if (position <= (markers.get(channel)?.read ?? 0)) return;
      void saving(markers.set)({ channel, read: position }).catch(failed);
    },
    readUpTo(channel) {
      seen.markers.track(channel);
      return markers.get(channel)?.read;
    },

    draft(channel) {
      seen.drafts.track(channel);
      const draft = drafts.get(channel);
      return draft === undefined || draft.body === ""
        ? undefined
        : { body: draft.body, ...(draft.re && { re: draft.re }) };
    },
    saveDraft: (channel, { body, re }) => void saving(drafts.set)({ channel, body, re }).catch(failed),

    send: saving((channel, message) => acts.send(placeAt(channel), message)),
    edit: saving((channel, of, body, mentions) => acts.edit(placeAt(channel), of, body, mentions)),
    retract: saving((channel, of) => acts.retract(placeAt(channel), of)),
    react: saving((channel, of, key, on) => acts.react(placeAt(channel), of, key, on)),
    hide: saving((channel, of, reason) => acts.hide(placeAt(channel), of, reason)),
    restore: saving((channel, of) => acts.restore(placeAt(channel), of)),
    setTyping(channel, on) {
      const head = directories.head(channel);
      if (head !== undefined) part.say(logDocument(placeAt(channel).log, channel, head), { type: "typing", on });
    },

    openLog: (at) => createShownLog(at, { ...stores, me }),
    write: saving(acts.write),
    kept: createKept(db),

    notSent() {
      seen.unsent.track("rows");
      return notSentOf(unsent.refused());
    },
    retry: saving(acts.retry),
    retryAs: saving(acts.retryAs),
    discard: saving(acts.discard),
    async wipe() {
      // Noted first: what is cut short goes on at the next start.
      beginLeaving(me);
      forgetAccount();
      bus.post({ type: "wiped" });
      close();
      await removeDatabases(me);
      haveLeft(me);
    },
    close,
  };
}

/** What reads slower than this appears when it is there, in ms. */
const PATIENCE = 1_000;
const elapsed = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
