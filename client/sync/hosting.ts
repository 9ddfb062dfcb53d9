import { encodeStateAsUpdate } from "yjs";

import { watchDoc, type Replica } from "./replica.ts";
import type { Replicas } from "./replicas.ts";
import type { TabBus } from "./tab-bus.ts";

/** Lets the other tabs share the replicas of this one, which owns them. Answers how to stop. */
export function hostTabs(
  bus: TabBus,
  replicas: Replicas,
  tabLock: (tab: string, gone: () => void) => () => void,
): () => void {
  const guests = new Map<string, Map<string, () => void>>();
  const locks = new Map<string, () => void>();

  function open(tab: string, document: string): void {
    if (!guests.has(tab))
      locks.set(
        tab,
        tabLock(tab, () => dismiss(tab)),
      );
    const own = guests.get(tab) ?? new Map<string, () => void>();
    guests.set(tab, own);
    own.get(document)?.();

    const { replica, close: leave } = replicas.open(document);
    const stop = tellOthers(bus, replica);
    own.set(document, () => {
      stop();
      leave();
    });
  }

  function close(tab: string, document: string): void {
    guests.get(tab)?.get(document)?.();
    guests.get(tab)?.delete(document);
  }

  function dismiss(tab: string): void {
    guests.get(tab)?.forEach((stop) => stop());
    guests.delete(tab);
    locks.delete(tab);
  }

  const stopListening = bus.onMessage((message) => {
    if (message.type === "open") open(message.tab, message.document);
    if (message.type === "close") close(message.tab, message.document);
  });

  return () => {
    stopListening();
    locks.forEach((release) => release());
    [...guests.keys()].forEach(dismiss);
  };
}

/** All that is there once it is known, then every change. */
function tellOthers({ post }: TabBus, replica: Replica): () => void {
  const { name: document } = replica;
  let told: unknown;
  const tellWhole = (): void => {
    told = replica.doc();
    post({
      type: "replica",
      document,
      state: replica.state(),
      update: encodeStateAsUpdate(replica.doc()),
      whole: true,
    });
  };
  const stopListening = replica.onChange(() => {
    if (told === replica.doc()) post({ type: "state", document, state: replica.state() });
    else if (replica.state() !== "loading") tellWhole();
  });
  if (replica.state() !== "loading") tellWhole();

  const stopWatching = watchDoc(replica, (doc) => {
    const tell = (update: Uint8Array): void =>
      told === doc ? post({ type: "replica", document, state: replica.state(), update, whole: false }) : undefined;
    doc.on("update", tell);
    return () => doc.off("update", tell);
  });

  return () => {
    stopListening();
    stopWatching();
  };
}
