import { isLog } from "#shared/documents/names.ts";
import type { Clock } from "#shared/clock.ts";
import type { ChannelId, EntryId, MemberId } from "#shared/ids.ts";
import type { ServerMessage } from "#shared/protocol/stateless.ts";

import type { Directories } from "./directories.ts";
import { followHead } from "./follow-head.ts";
import type { Line } from "./line.ts";
import { watchDoc, type Replica } from "./replica.ts";
import type { Replicas } from "./replicas.ts";
import { createSender, type Sender } from "./sender.ts";
import { holds, takeOff, watchOwnLog } from "./sightings.ts";
import type { Unsent } from "./unsent.ts";

/** Brings what is unsent into the heads of its channels, and takes note of what has arrived. Only in the tab that owns the socket. */
export interface Outbox {
  readonly synced: (replica: Replica, line: Line) => void;
  readonly heard: (replica: Replica, message: ServerMessage) => void;
  readonly lost: (replica: Replica) => void;
  /** The server's clock is known: what waited for that can leave. */
  readonly timed: () => void;
  readonly close: () => void;
}

export interface OutboxDependencies {
  readonly me: MemberId;
  readonly unsent: Unsent;
  readonly clock: Clock;
  readonly replicas: Replicas;
  readonly directories: Directories;
  readonly failed: (problem: unknown) => void;
}

export function createOutbox(deps: OutboxDependencies): Outbox {
  const { me, unsent, directories, failed } = deps;
  const senders = new Map<string, Sender>();
  /** Documents that are up to date, and how they are reached. */
  const lines = new Map<string, { readonly replica: Replica; readonly line: Line }>();
  const watches = new Map<string, () => void>();
  const heads = new Map<ChannelId, () => void>();

  /** A channel with something to send is kept on the socket until it has left. */
  function holdHeads(): void {
    const channels = new Map(unsent.rows().map(({ channel, log }) => [channel, { channel, log }]));
    for (const [channel, stop] of heads) {
      if (channels.has(channel)) continue;
      heads.delete(channel);
      stop();
    }
    for (const place of channels.values())
      if (!heads.has(place.channel))
        heads.set(
          place.channel,
          followHead(place, deps, () => undefined),
        );
  }

  const forgetSeen = (ids: readonly EntryId[]): void => void takeOff(unsent, ids).catch(failed);

  /** What arrived deleted never shows in the log; its place does. */
  function watch(replica: Replica): () => void {
    return watchDoc(replica, (doc) => {
      const look = (): void => {
        const arrived = unsent
          .rows()
          .filter(({ sent }) => sent.some((at) => at.document === replica.name && holds(doc, me, at)));
        if (arrived.length > 0) forgetSeen(arrived.map(({ id }) => id));
      };
      look();
      doc.on("update", look);
      const stop = watchOwnLog(doc, me, forgetSeen);
      return () => {
        doc.off("update", look);
        stop();
      };
    });
  }

  function startSending({ replica: { name, ref }, line }: { readonly replica: Replica; readonly line: Line }): void {
    if (senders.has(name) || !isLog(ref) || directories.head(ref.id) !== ref.segment) return;
    const channel = ref.id;
    const movedTo = (head: number | undefined): void =>
      head === undefined ? void directories.refresh(channel) : directories.moved(channel, head);
    const sender = createSender({ ...deps, document: name, channel, send: line.send, movedTo });
    senders.set(name, sender);
    sender.pump();
  }

  const pumpAll = (): void => senders.forEach((sender) => sender.pump());

  const stops = [
    unsent.onChange(() => {
      holdHeads();
      pumpAll();
    }),
    // A segment may turn out to be the head after it was opened: the server was set back.
    directories.onChange(() => lines.forEach(startSending)),
  ];
  holdHeads();

  return {
    synced(replica, line) {
      if (!isLog(replica.ref)) return;
      watches.set(replica.name, watch(replica));
      lines.set(replica.name, { replica, line });
      startSending({ replica, line });
    },
    heard({ name }, message) {
      if (message.type === "committed") senders.get(name)?.committed(message);
      if (message.type === "refused") senders.get(name)?.refused(message);
    },
    lost({ name }) {
      senders.get(name)?.close();
      senders.delete(name);
      lines.delete(name);
      watches.get(name)?.();
      watches.delete(name);
    },
    timed: pumpAll,
    close() {
      stops.forEach((stop) => stop());
      heads.forEach((stop) => stop());
      senders.forEach((sender) => sender.close());
      watches.forEach((stop) => stop());
    },
  };
}
