import { applyUpdate, Doc, encodeStateAsUpdate } from "yjs";

import type { PageId } from "#shared/ids.ts";
import { asWritten } from "#shared/pages/as-written.ts";

import { watchDoc, type Replica } from "../replica.ts";
import type { PageEdits } from "./page-edits.ts";

/** How we mark in a page's document what nobody wrote just now. */
const OURS = Symbol("replica");

/** A page as its reader sees it: what the server sent, and what was written here. It is edited in place. */
export interface PageDocument {
  readonly doc: () => Doc;
  /** Called when the document was exchanged for another one, because what was in it did not get in, or the server was set back. */
  readonly onExchange: (listener: () => void) => () => void;
  readonly close: () => void;
}

/** Whatever changes the document from here on, but for what comes out of the replica, is an edit. */
export function openPageDocument(page: PageId, replica: Replica, edits: PageEdits): PageDocument {
  const listeners = new Set<() => void>();
  let doc = compose();
  doc.on("update", note);

  function compose(): Doc {
    // What Yjs took out by itself would be an edit of whoever looks at the page.
    const next = asWritten(new Doc());
    applyUpdate(next, encodeStateAsUpdate(replica.doc()), OURS);
    takeRows(next);
    return next;
  }

  function takeRows(into: Doc): void {
    edits.of(page).forEach(({ update }) => applyUpdate(into, update, OURS));
  }

  function note(update: Uint8Array, origin: unknown): void {
    if (origin !== OURS) edits.add(page, update);
  }

  /** Under a new clientID: the old one may be unknown to the server. */
  function exchange(): void {
    doc.off("update", note);
    doc = compose();
    doc.on("update", note);
    listeners.forEach((listener) => listener());
  }

  let isFirst = true;
  const stopWatching = watchDoc(replica, (source) => {
    if (!isFirst) exchange();
    isFirst = false;
    const take = (update: Uint8Array): void => applyUpdate(doc, update, OURS);
    source.on("update", take);
    return () => source.off("update", take);
  });
  const stopListening = edits.onChange((changed, shelved) => {
    if (changed !== page) return;
    if (shelved) exchange();
    else takeRows(doc);
  });

  return {
    doc: () => doc,
    onExchange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      stopWatching();
      stopListening();
      doc.off("update", note);
    },
  };
}
