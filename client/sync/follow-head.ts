import { logDocument, SYS, type LogKind } from "#shared/documents/names.ts";
import { parseEntry } from "#shared/entries/kinds.ts";
import type { ChannelId } from "#shared/ids.ts";
import type { Doc } from "yjs";

import type { Directories } from "./directories.ts";
import { watchDoc, type Replica } from "./replica.ts";
import type { Opened, Replicas } from "./replicas.ts";

export interface Place {
  readonly channel: ChannelId;
  readonly log: LogKind;
}

/** Keeps the head of a channel open, whichever segment that is. `opened` is called with each. */
export function followHead(
  { channel, log }: Place,
  { replicas, directories }: { readonly replicas: Replicas; readonly directories: Directories },
  opened: (replica: Replica) => void,
): () => void {
  let current: Opened | undefined;
  let stopWatching = (): void => undefined;

  function open(): void {
    const head = directories.head(channel);
    if (head === undefined) return directories.want(channel);
    const name = logDocument(log, channel, head);
    if (current?.replica.name === name) return;

    const previous = current;
    current = replicas.open(name);
    stopWatching();
    stopWatching = watchDoc(current.replica, (doc) => watchForClose(doc, (next) => directories.moved(channel, next)));
    opened(current.replica);
    previous?.close();
  }

  const stopListening = directories.onChange((changed) => (changed === channel ? open() : undefined));
  open();

  return () => {
    stopListening();
    stopWatching();
    current?.close();
  };
}

function watchForClose(doc: Doc, closed: (head: number) => void): () => void {
  const log = doc.getArray<unknown>(SYS);
  const look = (): void => {
    const last = log
      .toArray()
      .map(parseEntry)
      .findLast((entry) => entry?.kind === "closed");
    if (last?.kind === "closed") closed(last.head);
  };

  look();
  log.observe(look);
  return () => log.unobserve(look);
}
