import type { DocumentRef } from "#shared/documents/names.ts";

import { createReplica, type FedReplica, type Feed, type Replica } from "./replica.ts";

/** The replicas that are open in this tab. */
export interface Replicas {
  /** The same replica for everybody who asks; it stays until each has closed it. */
  readonly open: (name: string) => Opened;
  readonly find: (name: string) => FedReplica | undefined;
  readonly all: () => readonly FedReplica[];
  /** Throws away what is here of a document and fetches it again. */
  readonly renew: (name: string) => void;
  /** Throws away what is here of a document that is no longer there for this person. */
  readonly drop: (name: string) => void;
  /** Fetches what was dropped, is still open here, and is there for this person again; answers what that is. */
  readonly revive: (isThere: (ref: DocumentRef) => boolean) => readonly DocumentRef[];
  /** From here on they come from elsewhere. What is here stays. */
  readonly feedFrom: (feed: Feed | undefined) => void;
}

export interface Opened {
  readonly replica: Replica;
  readonly close: () => void;
}

interface Place {
  readonly replica: FedReplica;
  readers: number;
  isDropped: boolean;
  stop: () => void;
}

export function createReplicas(): Replicas {
  const places = new Map<string, Place>();
  let feed: Feed | undefined;

  function startFeeding(own: Place): void {
    own.isDropped = false;
    own.stop = feed?.start(own.replica) ?? nothing;
  }

  function place(name: string): Place {
    const found = places.get(name);
    if (found !== undefined) return found;
    const replica = createReplica(name);
    const made: Place = { replica, readers: 0, isDropped: false, stop: nothing };
    places.set(name, made);
    startFeeding(made);
    return made;
  }

  function leave(name: string, own: Place): void {
    own.readers -= 1;
    if (own.readers > 0) return;
    places.delete(name);
    own.stop();
  }

  return {
    open(name) {
      const own = place(name);
      own.readers += 1;
      let isOpen = true;
      return {
        replica: own.replica,
        close() {
          if (isOpen) leave(name, own);
          isOpen = false;
        },
      };
    },
    find: (name) => places.get(name)?.replica,
    all: () => [...places.values()].map(({ replica }) => replica),
    renew(name) {
      const own = places.get(name);
      if (own === undefined) return;
      own.stop();
      own.replica.renew();
      startFeeding(own);
    },
    drop(name) {
      const own = places.get(name);
      if (own === undefined) return;
      own.stop();
      own.stop = nothing;
      own.isDropped = true;
      own.replica.renew();
      own.replica.setState("empty");
    },
    revive(isThere) {
      const revived = [...places.values()].filter(({ isDropped, replica }) => isDropped && isThere(replica.ref));
      revived.forEach(startFeeding);
      return revived.map(({ replica }) => replica.ref);
    },
    feedFrom(next) {
      places.forEach((own) => own.stop());
      feed = next;
      places.forEach(startFeeding);
    },
  };
}

const nothing = (): void => undefined;
