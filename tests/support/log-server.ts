import {
  applyUpdate,
  decodeUpdate,
  Doc,
  encodeStateAsUpdate,
  encodeStateVector,
  getState,
  Item,
  type ContentAny,
} from "yjs";

import { logName } from "#shared/documents/names.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import { canonical } from "#shared/entries/value.ts";
import type { EntryId, MemberId } from "#shared/ids.ts";
import { refusals, type RefusalCode } from "#shared/protocol/refusals.ts";
import type { ServerMessage } from "#shared/protocol/stateless.ts";

/** How frames are refused; `named`: their first entry is told as the one to blame. */
export interface Refusing {
  readonly code: RefusalCode;
  readonly named: boolean;
}

/** One document behind the gate's rules about ids and clocks, in memory: for tests of what a client makes of answers. */
export interface LogServer {
  readonly doc: Doc;
  /** Undefined where a frame misses something: a gate says nothing then. */
  take(frame: Uint8Array, sender: MemberId, refusing?: Refusing): ServerMessage | undefined;
  /** Ids of a log, alive, in its order. */
  idsOf(author: MemberId): readonly EntryId[];
  /** What a replica lacks. */
  lackingIn(replica: Doc): Uint8Array;
}

export function createLogServer(document: string): LogServer {
  const doc = new Doc();
  const known = new Map<EntryId, string>();
  let version = 0;

  function refused(code: RefusalCode, ids: readonly EntryId[], sender: MemberId): ServerMessage {
    const entries = ids.map((id) => ({ author: sender, id }));
    return { type: "refused", document, code, class: refusals[code].class, reason: refusals[code].text, entries };
  }

  return {
    doc,
    take(frame, sender, refusing) {
      const { structs } = decodeUpdate(frame);
      const entries = structs.flatMap((struct) => valuesOf(struct));
      if (structs.some(({ id }) => id.clock > getState(doc.store, id.client))) return undefined;
      if (refusing !== undefined)
        return refused(refusing.code, refusing.named ? entries.slice(0, 1).map(({ id }) => id) : [], sender);
      const reused = entries.filter((entry) => known.has(entry.id) && known.get(entry.id) !== canonical(entry));
      if (reused.length > 0)
        return refused(
          "id-reused",
          reused.map(({ id }) => id),
          sender,
        );

      applyUpdate(doc, frame);
      const log = doc.getArray<Entry>(logName(sender));
      // A copy of something known is stored deleted, as the gate does.
      entries
        .filter(({ id }) => known.has(id))
        .forEach(({ id }) => log.delete(log.toArray().findLastIndex((entry) => entry.id === id)));
      entries.forEach((entry) => known.set(entry.id, canonical(entry)));
      version += 1;
      return {
        type: "committed",
        document,
        version,
        received: Date.now(),
        entries: entries.map(({ id }) => ({ author: sender, id })),
      };
    },
    idsOf: (author) =>
      doc
        .getArray<Entry>(logName(author))
        .toArray()
        .map(({ id }) => id),
    lackingIn: (replica) => encodeStateAsUpdate(doc, encodeStateVector(replica)),
  };
}

const valuesOf = (struct: unknown): readonly Entry[] =>
  struct instanceof Item ? ((struct.content as ContentAny).arr as Entry[]) : [];
