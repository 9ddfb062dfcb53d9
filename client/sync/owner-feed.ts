import type { ServerMessage } from "#shared/protocol/stateless.ts";
import type { ReplicaDisk } from "#client/storage/replica-disk.ts";

import type { Attachments } from "./attachments.ts";
import type { Line } from "./line.ts";
import { hasContent, type FedReplica, type Feed, type Replica } from "./replica.ts";

/** What the owner of the socket does with what it hears. */
export interface OwnerEvents {
  readonly synced: (replica: Replica, line: Line) => void;
  readonly heard: (replica: Replica, message: ServerMessage) => void;
  readonly lost: (replica: Replica) => void;
  readonly refused: (replica: Replica) => void;
}

export interface OwnerFeedDependencies {
  /** Undefined where nothing can be stored: then replicas live in memory. */
  readonly disk: ReplicaDisk | undefined;
  readonly incarnation: () => string;
  readonly attachments: Attachments;
  readonly rankOf: (replica: Replica) => number;
  readonly events: OwnerEvents;
  readonly failed: (problem: unknown) => void;
}

/** What the disk does not bring in this time comes when it may, and meanwhile from the server, in ms. */
const PATIENCE = 1_000;

/** From the disk first, then from the server: a replica that met the server before it was read would be sent whole. */
export function createOwnerFeed({
  disk,
  incarnation,
  attachments,
  rankOf,
  events,
  failed,
}: OwnerFeedDependencies): Feed {
  function attach(replica: FedReplica): () => void {
    replica.setState(hasContent(replica.doc()) ? "stored" : "empty");

    return attachments.add({
      document: replica.name,
      rank: rankOf(replica),
      doc: replica.doc,
      synced(line) {
        replica.setState("synced");
        events.synced(replica, line);
      },
      heard: (message) => events.heard(replica, message),
      lost() {
        if (replica.state() === "synced") replica.setState("stored");
        events.lost(replica);
      },
      refused: () => events.refused(replica),
    });
  }

  return {
    start(replica) {
      let isOver = false;
      let detach = (): void => undefined;
      // What cannot be stored lives in memory.
      const reading = disk?.open(replica.name, incarnation(), replica.doc()).catch(failed) ?? Promise.resolve();
      const patience = elapsed(PATIENCE);
      void Promise.race([reading, patience.over]).then(() => {
        patience.stop();
        if (!isOver) detach = attach(replica);
      });
      void reading.then(() => {
        if (replica.state() === "empty" && hasContent(replica.doc())) replica.setState("stored");
      });

      return () => {
        isOver = true;
        detach();
        void reading.then((kept) => kept?.close());
      };
    },
  };
}

function elapsed(ms: number): { readonly over: Promise<void>; readonly stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  return { over, stop: () => clearTimeout(timer) };
}
