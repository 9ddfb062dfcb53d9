import { Doc } from "yjs";

import { parseDocumentName, type DocumentRef } from "#shared/documents/names.ts";
import { asWritten } from "#shared/pages/as-written.ts";

import { createListeners } from "./listeners.ts";

/**
 * How much of a document is here. `loading`: nobody has looked yet. `empty`: nothing, until the server sends it.
 * `stored`: as it was when this device last heard of it. `synced`: as it is.
 */
export type ReplicaState = "loading" | "empty" | "stored" | "synced";

/** A document as the server sent it. Nobody but its feed ever writes into it. */
export interface Replica {
  readonly name: string;
  readonly ref: DocumentRef;
  readonly doc: () => Doc;
  readonly state: () => ReplicaState;
  /** Called when the state has changed or the document was exchanged for another one. */
  readonly onChange: (listener: () => void) => () => void;
}

/** The side of a replica that its feed holds. */
export interface FedReplica extends Replica {
  readonly setState: (state: ReplicaState) => void;
  /** Throws away what is here and begins anew. */
  readonly renew: () => Doc;
}

/** Where replicas come from: disk and socket in the tab that owns them, that tab in all others. */
export interface Feed {
  /** Keeps a replica current until stopped. */
  readonly start: (replica: FedReplica) => () => void;
}

export const hasContent = (doc: Doc): boolean => doc.store.clients.size > 0;

export function createReplica(name: string): FedReplica {
  const ref = parseDocumentName(name);
  if (ref === undefined) throw new Error(`${name} is no document`);
  const changes = createListeners();
  let doc = asWritten(new Doc());
  let state: ReplicaState = "loading";

  return {
    name,
    ref,
    doc: () => doc,
    state: () => state,
    onChange: changes.add,
    setState(next) {
      if (next === state) return;
      state = next;
      changes.tell();
    },
    renew() {
      doc = asWritten(new Doc());
      state = "loading";
      changes.tell();
      return doc;
    },
  };
}

/**
 * Watches a replica's document, and the one that takes its place. `watch` answers how to stop.
 */
export function watchDoc(replica: Replica, watch: (doc: Doc) => () => void): () => void {
  let doc = replica.doc();
  let stopWatching = watch(doc);
  const stopListening = replica.onChange(() => {
    if (replica.doc() === doc) return;
    stopWatching();
    doc = replica.doc();
    stopWatching = watch(doc);
  });

  return () => {
    stopListening();
    stopWatching();
  };
}
