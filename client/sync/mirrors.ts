import { communityDocument, SYS } from "#shared/documents/names.ts";
import { createFold, type Fold } from "#shared/entries/fold.ts";
import type {
  Mirrored,
  MirroredChannel,
  MirroredCommunity,
  MirroredConversation,
  MirroredMembership,
  MirroredPage,
} from "#shared/entries/kinds/mirror.ts";
import { homeOf, type ChannelId, type CommunityId, type MemberId, type PageId } from "#shared/ids.ts";

import type { Directories } from "./directories.ts";
import { followHead } from "./follow-head.ts";
import { createListeners } from "./listeners.ts";
import { readInto } from "./read-into.ts";
import type { Replica } from "./replica.ts";
import type { Opened, Replicas } from "./replicas.ts";

/** What there is for this person, and who they are in it. */
export interface View {
  readonly communities: ReadonlyMap<CommunityId, MirroredCommunity>;
  readonly memberships: ReadonlyMap<CommunityId, MirroredMembership>;
  readonly channels: ReadonlyMap<ChannelId, MirroredChannel>;
  readonly conversations: ReadonlyMap<ChannelId, MirroredConversation>;
  readonly pages: ReadonlyMap<PageId, MirroredPage>;
}

/** What the server says, in one's home and in the documents of one's communities. */
export interface Mirrors {
  readonly view: () => View;
  /** The state entries of one's home: markers and drafts of all one's devices. */
  readonly home: Pick<Fold, "state" | "states">;
  /** Resolves when what this device holds of home and communities has been read. */
  readonly read: () => Promise<void>;
  /** Whether home and communities are as the server has them. */
  readonly isComplete: () => boolean;
  readonly onChange: (listener: () => void) => () => void;
  readonly close: () => void;
}

interface CommunitySource {
  readonly fold: Fold;
  readonly opened: Opened;
  readonly stop: () => void;
}

export function createMirrors(
  me: MemberId,
  deps: { readonly replicas: Replicas; readonly directories: Directories },
): Mirrors {
  const changes = createListeners();
  const home = createFold();
  const communities = new Map<CommunityId, CommunitySource>();
  let homeReplica: Replica | undefined;
  let stopReading = (): void => undefined;
  let view = viewOf([home]);

  function update(): void {
    const { memberships } = viewOf([home]);
    [...memberships.keys()].filter((id) => !communities.has(id)).forEach(enter);
    [...communities.keys()].filter((id) => !memberships.has(id)).forEach(leave);
    view = viewOf([home, ...[...communities.values()].map(({ fold }) => fold)]);
    changes.tell();
  }

  function enter(id: CommunityId): void {
    const opened = deps.replicas.open(communityDocument(id));
    const fold = createFold();
    const source = { fold, opened, stop: nothing };
    communities.set(id, source);
    communities.set(id, { ...source, stop: readInto(fold, opened.replica, update) });
  }

  function leave(id: CommunityId): void {
    const source = communities.get(id);
    communities.delete(id);
    source?.stop();
    source?.opened.close();
  }

  const stopFollowing = followHead({ channel: homeOf(me), log: "user" }, deps, (replica) => {
    const stopBefore = stopReading;
    homeReplica = replica;
    stopReading = readInto(home, replica, update);
    stopBefore();
  });

  return {
    view: () => view,
    home,
    async read() {
      await whenRead(homeReplica);
      await Promise.all([...communities.values()].map(({ opened }) => whenRead(opened.replica)));
    },
    isComplete: () =>
      [homeReplica, ...[...communities.values()].map(({ opened }) => opened.replica)].every(
        (replica) => replica?.state() === "synced",
      ),
    onChange: changes.add,
    close() {
      stopFollowing();
      stopReading();
      [...communities.keys()].forEach(leave);
    },
  };
}

const nothing = (): void => undefined;

/** The device has been asked, whatever it had. */
const whenRead = (replica: Replica | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (replica === undefined || replica.state() !== "loading") return resolve();
    const stop = replica.onChange(() => {
      if (replica.state() === "loading") return;
      stop();
      resolve();
    });
  });

/** Only the server's own words count, though nobody else could have written them. */
function mirroredIn(fold: Fold): readonly Mirrored[] {
  return fold.states().flatMap(({ author, entry }) => (author === SYS && entry.kind === "mirror" ? [entry.shown] : []));
}

function viewOf(folds: readonly Fold[]): View {
  const shown = folds.flatMap(mirroredIn);
  const memberships = new Map(shown.flatMap((one) => (one.of === "membership" ? [[one.community, one] as const] : [])));

  return {
    memberships,
    communities: new Map(
      shown.flatMap((one) => (one.of === "community" && memberships.has(one.id) ? [[one.id, one] as const] : [])),
    ),
    channels: new Map(
      shown.flatMap((one) => (one.of === "channel" && memberships.has(one.community) ? [[one.id, one] as const] : [])),
    ),
    pages: new Map(
      shown.flatMap((one) => (one.of === "page" && memberships.has(one.community) ? [[one.id, one] as const] : [])),
    ),
    conversations: new Map(shown.flatMap((one) => (one.of === "conversation" ? [[one.id, one] as const] : []))),
  };
}
