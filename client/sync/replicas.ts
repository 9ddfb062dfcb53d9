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
  stop: () => void;
}

export function createReplicas(): Replicas {
  const places = new Map<string, Place>();
  let feed: Feed | undefined;

  const startFeeding = (replica: FedReplica): (() => void) => feed?.start(replica) ?? nothing;

  function place(name: string): Place {
    const found = places.get(name);
    if (found !== undefined) return found;
    const replica = createReplica(name);
    const made: Place = { replica, readers: 0, stop: nothing };
    places.set(name, made);
    made.stop = startFeeding(replica);
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
      own.stop = startFeeding(own.replica);
    },
    drop(name) {
      const own = places.get(name);
      if (own === undefined) return;
      own.stop();
      own.stop = nothing;
      own.replica.renew();
      own.replica.setState("empty");
    },
    feedFrom(next) {
      places.forEach((own) => own.stop());
      feed = next;
      places.forEach((own) => (own.stop = startFeeding(own.replica)));
    },
  };
}

const nothing = (): void => undefined;
