import type { MemberId } from "#shared/ids.ts";
import { accountPrefix } from "#client/storage/database.ts";

import { createFollowerFeed } from "./follower-feed.ts";
import { hostTabs } from "./hosting.ts";
import type { Connection, Device } from "./local.ts";
import { becomeOwner, type Owner, type OwnerDependencies } from "./owner.ts";
import type { Presence, TabBus, TabMessage } from "./tab-bus.ts";
import { onDeath, showLife, takePart } from "./tabs.ts";
import { takeTurns } from "./turns.ts";
import type { ClientMessage } from "#shared/protocol/stateless.ts";

/** This tab's part in the account: owner of socket and stores, or follower of the tab that is. */
export interface Part {
  readonly say: (document: string, message: ClientMessage) => void;
  readonly reconnect: () => void;
  readonly close: () => void;
}

export interface PartEvents {
  readonly became: (tab: Device["tab"]) => void;
  /** Another tab has removed the account from this device. */
  readonly wiped: () => void;
}

/**
 * Without locks tabs cannot agree who owns what, so one alone works: the latest that was asked to. It owns everything, and
 * keeps no replicas.
 */
export function playAlone(deps: OwnerDependencies, bus: TabBus, { became, wiped }: PartEvents): Part {
  let owner: Owner | undefined;

  function own(): void {
    became("insecure");
    deps.connection({ state: "connecting" });
    owner = becomeOwner(deps);
  }

  function stepAside(): void {
    owner?.close();
    owner = undefined;
    deps.connection({ state: "offline", since: Date.now() });
    became("elsewhere");
  }

  const stopListening = bus.onMessage(({ type }) => type === "wiped" && wiped());
  const turns = takeTurns(bus, { own, stepAside });
  turns.take();

  return {
    say: (document, message) => owner?.say(document, message),
    reconnect: () => (owner === undefined ? turns.take() : owner.reconnect()),
    close() {
      stopListening();
      turns.close();
      owner?.close();
    },
  };
}

const lifeOf = (me: MemberId, tab: string): string => `${accountPrefix(me)}/tab/${tab}`;

export async function playTogether(deps: OwnerDependencies, bus: TabBus, { became, wiped }: PartEvents): Promise<Part> {
  const { me, replicas } = deps;
  const die = await showLife(lifeOf(me, bus.tab));
  let connection: Connection = { state: "connecting" };
  let owner: Owner | undefined;
  /** The last word about each document, for tabs that open it later. */
  const presences = new Map<string, Presence>();
  let stopHosting = (): void => undefined;

  function setConnection(next: Connection): void {
    connection = next;
    deps.connection(next);
    if (owner !== undefined) bus.post({ type: "owner", connection, isNew: false });
  }

  function stepDown(): void {
    owner?.close();
    owner = undefined;
    stopHosting();
    stopHosting = () => undefined;
  }

  function own(): void {
    became("owner");
    setConnection({ state: "connecting" });
    owner = becomeOwner({
      ...deps,
      connection: setConnection,
      presence(presence) {
        presences.set(presence.document, presence);
        deps.presence(presence);
        bus.post(presence);
      },
      carets(carets) {
        deps.carets(carets);
        bus.post(carets);
      },
    });
    stopHosting = hostTabs(bus, replicas, (tab, gone) => onDeath(lifeOf(me, tab), gone));
    bus.post({ type: "owner", connection, isNew: true });
  }

  function follow(): void {
    stepDown();
    became("follower");
    replicas.feedFrom(createFollowerFeed(bus));
  }

  function hear(message: TabMessage): void {
    if (message.type === "wiped") return wiped();
    if (owner === undefined) follower(message);
    else serve(owner, message);
  }

  function follower(message: TabMessage): void {
    if (message.type === "presence") deps.presence(message);
    if (message.type === "carets") deps.carets(message);
    if (message.type !== "owner") return;
    role.heardOwner();
    setConnection(message.connection);
  }

  function serve(own: Owner, message: TabMessage): void {
    if (message.type === "ask") bus.post({ type: "owner", connection, isNew: false });
    const presence = message.type === "open" ? presences.get(message.document) : undefined;
    if (presence !== undefined) bus.post(presence);
    if (message.type === "say") own.say(message.document, message.message);
    if (message.type === "reconnect") own.reconnect();
  }

  const stopListening = bus.onMessage(hear);
  const role = takePart(accountPrefix(me), { own, follow, ask: () => bus.post({ type: "ask" }) });

  return {
    say: (document, message) =>
      owner === undefined ? bus.post({ type: "say", document, message }) : owner.say(document, message),
    reconnect: () => (owner === undefined ? bus.post({ type: "reconnect" }) : owner.reconnect()),
    close() {
      stopListening();
      stepDown();
      role.close();
      die();
    },
  };
}
