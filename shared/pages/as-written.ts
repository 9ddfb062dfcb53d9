import type { Doc, Transaction } from "yjs";

/**
 * Keeps Yjs from taking marks out of a document that seem to say nothing: it does so, as if somebody had, in every
 * document that hears of others' edits. Answers the document.
 */
export function asWritten(doc: Doc): Doc {
  doc.on("afterTransaction", (transaction: Transaction) => {
    transaction._needFormattingCleanup = false;
  });
  return doc;
}
