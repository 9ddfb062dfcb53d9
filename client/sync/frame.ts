import { Doc } from "yjs";

import { logName } from "#shared/documents/names.ts";
import type { MemberId } from "#shared/ids.ts";
import type { UnsentRow } from "#client/storage/database.ts";

const MAX_ENTRIES = 20;
const MAX_BYTES = 48 * 1024;

/** The rows that travel together next, in the order of writing. */
export function rowsOfNextFrame(rows: readonly UnsentRow[]): readonly UnsentRow[] {
  const [first, ...others] = rows;
  if (first === undefined || first.alone) return rows.slice(0, 1);

  const together = [first];
  let bytes = sizeOf(first);
  for (const row of others) {
    bytes += sizeOf(row);
    if (row.alone || together.length === MAX_ENTRIES || bytes > MAX_BYTES) break;
    together.push(row);
  }
  return together;
}

const encoder = new TextEncoder();

/** JSON is never shorter than what Yjs writes, but for numbers. */
const sizeOf = ({ entry }: UnsentRow): number => encoder.encode(JSON.stringify(entry)).length + 32;

/** A Yjs document that nobody sees: what is appended to it is what travels, under a clientID that is used here only. */
export interface Scratch {
  readonly client: number;
  /** Where the next entry will stand. */
  readonly clock: () => number;
  /** The update that says these entries. */
  readonly write: (entries: readonly unknown[]) => Uint8Array;
}

export function createScratch(author: MemberId): Scratch {
  const doc = new Doc();
  const log = doc.getArray(logName(author));

  return {
    client: doc.clientID,
    clock: () => log.length,
    write(entries) {
      const updates: Uint8Array[] = [];
      doc.once("update", (update) => updates.push(update));
      log.push([...entries]);
      return updates[0] as Uint8Array;
    },
  };
}
