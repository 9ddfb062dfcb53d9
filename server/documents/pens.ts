import { randomInt } from "node:crypto";

import { logName, type Author } from "#shared/documents/names.ts";
import type { Item } from "#server/gate/update.ts";

/**
 * The clientIDs under which this process writes as the server: a fresh one for each document and log, so that no clock
 * is ever taken from a stored document. A pen whose transaction failed is thrown away.
 */
export interface Pens {
  /** One item with these values, behind what this pen wrote last. */
  compose(document: string, author: Author, values: readonly unknown[]): Item;
  forget(documents: Iterable<string>): void;
}

interface Pen {
  readonly client: number;
  clock: number;
}

/** Yjs draws from the same range. */
const MAX_CLIENT = 2 ** 32 - 1;
const MAX_DOCUMENTS = 10_000;

export function createPens(): Pens {
  const pensByDocument = new Map<string, Map<Author, Pen>>();

  function penOf(document: string, author: Author): Pen {
    const pens = pensByDocument.get(document) ?? new Map<Author, Pen>();
    pensByDocument.delete(document);
    pensByDocument.set(document, pens);
    forgetOldest();
    const pen = pens.get(author) ?? { client: randomInt(1, MAX_CLIENT), clock: 0 };
    pens.set(author, pen);
    return pen;
  }

  /** A pen costs a clientID when it is missed, memory when it is kept. */
  function forgetOldest(): void {
    const [oldest] = pensByDocument.keys();
    if (pensByDocument.size > MAX_DOCUMENTS && oldest !== undefined) pensByDocument.delete(oldest);
  }

  return {
    compose(document, author, values) {
      const pen = penOf(document, author);
      const { client, clock } = pen;
      pen.clock += values.length;
      const place = clock === 0 ? { root: logName(author) } : { origin: { client, clock: clock - 1 } };
      return { client, clock, length: values.length, values, ...place };
    },
    forget: (documents) => [...documents].forEach((document) => pensByDocument.delete(document)),
  };
}
