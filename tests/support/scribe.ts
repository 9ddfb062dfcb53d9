import { applyUpdate, Doc, encodeStateAsUpdate, mergeUpdates } from "yjs";
import type { Kysely } from "kysely";

import { logDocument, logName } from "#shared/documents/names.ts";
import type { ChannelId, MemberId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";
import { createAllowances } from "#server/documents/allowances.ts";
import { createCommitter, type Committer, type CommitterDependencies } from "#server/documents/committer.ts";
import { createDigest } from "#server/documents/digest.ts";
import { load, type Live } from "#server/documents/live.ts";
import { createPens } from "#server/documents/pens.ts";
import { readFrame } from "#server/documents/read-frame.ts";
import type { Outcome } from "#server/documents/task.ts";
import { refuse } from "#server/gate/verdict.ts";
import { createLibrary } from "#server/sync/library.ts";

/** A node without sockets: the real gate, committer and library over a real database. */
export interface TestNode {
  readonly committer: Committer;
  open(name: string): Promise<Live>;
  /** What the bytes of a client come to. */
  take(live: Live, sender: MemberId, bytes: Uint8Array, step2?: boolean): Promise<Outcome>;
  readonly failures: unknown[];
}

export function testNode(
  db: Kysely<Database>,
  now: () => number = Date.now,
  { rhythm, committed, limits }: Partial<Pick<CommitterDependencies, "rhythm" | "committed" | "limits">> = {},
): TestNode {
  const failures: unknown[] = [];
  const library = createLibrary(
    db,
    () => undefined,
    (error) => failures.push(error),
  );
  const committer = createCommitter({
    db,
    pens: createPens(),
    digest: createDigest(new Uint8Array(32)),
    allowances: createAllowances(now),
    now,
    ...(rhythm !== undefined && { rhythm }),
    limits,
    committed(rows, eraseDue) {
      library.apply(rows);
      committed?.(rows, eraseDue);
    },
    ring: () => undefined,
    failed: (error) => failures.push(error),
  });

  return {
    committer,
    failures,
    async open(name) {
      const live = library.get(name) ?? (await library.open(name, new Doc()));
      if (live === undefined) throw new Error(`no document ${name}`);
      return live;
    },
    async take(live, sender, bytes, step2 = false) {
      const read = readFrame(live.ref.kind, bytes, step2);
      if (!read.ok) return refuse(read.problem.kind, read.problem.why);
      return committer.submit({ ...read.value, document: live.name, live, step2, sender });
    },
  };
}

/** What the document is on a node that starts now. */
export async function reloaded(db: Kysely<Database>, name: string): Promise<Doc> {
  const doc = new Doc();
  await load(db, name, doc);
  return doc;
}

/** A client's replica, into which a test writes as it likes. */
export function replica(of?: Doc): Doc {
  const doc = new Doc();
  if (of !== undefined) applyUpdate(doc, encodeStateAsUpdate(of));
  return doc;
}

/** The updates that one change of a replica makes. */
export function written(doc: Doc, change: () => void): Uint8Array {
  const updates: Uint8Array[] = [];
  const collect = (update: Uint8Array): void => void updates.push(update);
  doc.on("update", collect);
  change();
  doc.off("update", collect);
  return updates.length === 1 ? (updates[0] as Uint8Array) : mergeUpdates(updates);
}

/** Appends entries to a log, as any Yjs client would. */
export const append = (doc: Doc, author: MemberId, ...entries: readonly unknown[]): Uint8Array =>
  written(doc, () => doc.getArray(logName(author)).push([...entries]));

export const channelDocument = (channel: ChannelId, segment = 1): string => logDocument("channel", channel, segment);

export const entriesIn = (doc: Doc, author: MemberId | "sys"): unknown[] => doc.getArray(logName(author)).toArray();
