import { Array as YArray, transact, type Doc, type Transaction, type YArrayEvent } from "yjs";

import { authorOfLog, type Author } from "#shared/documents/names.ts";
import { parseEntry } from "#shared/entries/kinds.ts";
import type { PlacedEntry } from "#shared/entries/fold.ts";

export interface LogReader {
  readonly add: (placed: PlacedEntry) => void;
  readonly remove: (placed: PlacedEntry) => void;
  /** After each change, when all of it was told. */
  readonly settled: () => void;
}

/**
 * Tells the entries of all logs of a document, those there are and those that come and go. Stopping tells that all of
 * them have gone. Values that we cannot read are passed over.
 */
export function watchLogs(doc: Doc, segment: number, reader: LogReader): () => void {
  /** What each log holds, place by place, so that a deletion can be told by its place. */
  const logs = new Map<YArray<unknown>, { readonly entries: (PlacedEntry | undefined)[]; readonly author: Author }>();

  function placed(author: Author, values: readonly unknown[]): (PlacedEntry | undefined)[] {
    return values.map((value) => {
      const entry = parseEntry(value);
      return entry && { author, segment, entry };
    });
  }

  function begin(root: string): void {
    const author = authorOfLog(root);
    if (author === undefined) return;
    const log = doc.getArray<unknown>(root);
    if (logs.has(log)) return;
    const entries = placed(author, log.toArray());
    logs.set(log, { entries, author });
    tell(entries, reader.add);
  }

  /** In one transaction, in which nothing happens: Yjs makes one for each log that is looked at for the first time. */
  const beginAll = (): void => transact(doc, () => [...doc.share.keys()].forEach(begin));

  function take(log: YArray<unknown>, { changes }: YArrayEvent<unknown>): void {
    const known = logs.get(log);
    if (known === undefined) return;
    let index = 0;
    for (const { retain, insert, delete: deleted } of changes.delta) {
      index += retain ?? 0;
      if (deleted !== undefined) tell(known.entries.splice(index, deleted), reader.remove);
      if (Array.isArray(insert)) {
        const entries = placed(known.author, insert);
        known.entries.splice(index, 0, ...entries);
        tell(entries, reader.add);
        index += insert.length;
      }
    }
  }

  /** Logs that are new here are read whole, after what is told of those we know. */
  function look({ changedParentTypes }: Transaction): void {
    const isNew = doc.share.size !== logs.size;
    if (changedParentTypes.size === 0 && !isNew) return;
    for (const [log, [event]] of changedParentTypes)
      if (log instanceof YArray) take(log, event as YArrayEvent<unknown>);
    if (isNew) beginAll();
    reader.settled();
  }

  beginAll();
  reader.settled();
  doc.on("afterTransaction", look);

  return () => {
    doc.off("afterTransaction", look);
    logs.forEach(({ entries }) => tell(entries, reader.remove));
    reader.settled();
  };
}

const tell = (entries: readonly (PlacedEntry | undefined)[], to: (placed: PlacedEntry) => void): void =>
  entries.forEach((placed) => placed !== undefined && to(placed));
