import { sql, type Kysely, type RawBuilder, type Selectable } from "kysely";

import { parseDocumentName } from "#shared/documents/names.ts";
import type { DocumentTable } from "#server/database/tables/document.ts";
import type { Database } from "#server/database/types.ts";
import type { Keys } from "#server/gate/entry-key.ts";

import type { Allowances } from "./allowances.ts";
import { inDurableTransaction } from "./durable-transaction.ts";
import { createDraft, type Draft } from "./draft.ts";
import { type History, checkVersion } from "./history.ts";
import { catchUp, type Live } from "./live.ts";
import { recordModeration } from "./moderation.ts";
import { createPageDraft } from "./page-draft.ts";
import type { Pens } from "./pens.ts";
import { askFacts } from "./facts.ts";
import { isFull, rollingLog, SEGMENT_LIMITS, sizeOf, together, type SegmentSize } from "./segment-size.ts";
import { storing } from "./store.ts";
import type { JournalRow, Outcome, Task } from "./task.ts";

export interface CommitDependencies {
  readonly db: Kysely<Database>;
  readonly pens: Pens;
  readonly history: History;
  readonly digest: (value: unknown) => string;
  readonly allowances: Allowances;
  readonly now: () => number;
  /** At which size a segment is full. */
  readonly limits?: SegmentSize | undefined;
}

export interface Committed {
  /** In the order of the tasks. */
  readonly outcomes: readonly Outcome[];
  readonly rows: readonly JournalRow[];
  /** Documents that hold something erased. */
  readonly eraseDue: readonly string[];
  /** Segments that are full, and whose log should go on in another one. */
  readonly full: readonly string[];
}

/**
 * Judges and commits a batch in one transaction: when it resolves, what is `committed` is durable; when it rejects,
 * nothing of it is. Authority is read in this transaction and cannot change before it ends.
 */
export async function commitBatch(deps: CommitDependencies, tasks: readonly Task[]): Promise<Committed> {
  const spending = tentative(deps.allowances);
  try {
    return await commit({ ...deps, allowances: spending }, tasks);
  } catch (error) {
    spending.undo();
    throw error;
  }
}

/** Allowances of which all that is spent can be given back: a transaction may still fail. */
function tentative({ waitFor, giveBack }: Allowances): Allowances & { undo(): void } {
  const spent: Parameters<Allowances["waitFor"]>[] = [];
  return {
    waitFor(...demand) {
      const wait = waitFor(...demand);
      if (wait <= 0) spent.push(demand);
      return wait;
    },
    giveBack,
    undo: () => spent.splice(0).forEach((demand) => giveBack(...demand)),
  };
}

async function commit(deps: CommitDependencies, tasks: readonly Task[]): Promise<Committed> {
  const { statement, understood } = askFacts(tasks);
  return inDurableTransaction(deps.db, { locking: locking(tasks), facts: statement }, async (trx, documents, found) => {
    await bringUp(deps.history, trx, tasks, documents);
    const now = deps.now();
    const { keys, standingOf } = understood(found, now);
    const drafts = openDrafts({ ...deps, now }, documents, tasks, keys);
    const outcomes = tasks.map((task) => drafts.get(task.document)?.take(task, standingOf) ?? NO_DOCUMENT);
    await recordModeration(trx, tasks, [...drafts.values()]);
    const done = {
      outcomes,
      rows: [...drafts.values()].flatMap(({ rows }) => rows),
      eraseDue: [...drafts.values()].flatMap(({ eraseDue }) => [...eraseDue]),
      full: fullAfter(documents, drafts, deps.limits ?? SEGMENT_LIMITS),
    };
    return { done, storing: storing([...drafts.values()]) };
  });
}

const NO_DOCUMENT: Outcome = { kind: "no-such-document" };

type Column = "name" | "channel_id" | "version" | "closed" | "entries" | "bytes" | "clients";

interface LockedDocument extends Pick<Selectable<DocumentTable>, Column> {
  readonly timeline: number;
}

/** Locks the documents' rows in the order of their names. */
function locking(tasks: readonly Task[]): RawBuilder<LockedDocument> {
  const names = [...new Set(tasks.map(({ document }) => document))];
  return sql`/* kept: lock-documents */ select name, channel_id, version, closed, entries, bytes, clients,
    (select timeline_id from pg_control_checkpoint()) as timeline
    from document where name = any(${names}) order by name for update`;
}

/** Brings what is in memory up to the documents that are locked. */
async function bringUp(
  history: History,
  trx: Kysely<Database>,
  tasks: readonly Task[],
  documents: readonly LockedDocument[],
): Promise<void> {
  documents.forEach(({ timeline }) => history.check(timeline));
  const lives = livesOf(tasks);
  for (const { name, version } of documents) await catchUpTo(trx, lives.get(name), version);
}

const livesOf = (tasks: readonly Task[]): ReadonlyMap<string, Live> =>
  new Map(tasks.flatMap((task) => ("live" in task ? [[task.document, task.live] as const] : [])));

function openDrafts(
  deps: Omit<CommitDependencies, "now"> & { readonly now: number },
  documents: readonly LockedDocument[],
  tasks: readonly Task[],
  keysByChannel: ReadonlyMap<string, Keys>,
): ReadonlyMap<string, Draft> {
  const lives = livesOf(tasks);
  return new Map<string, Draft>(
    documents.map(({ name, channel_id: channel, version, closed }) => {
      const live = lives.get(name);
      if (parseDocumentName(name)?.kind === "page") return [name, createPageDraft({ ...deps, name, version, live })];
      const keys = keysByChannel.get(channel) as Keys;
      return [name, createDraft({ ...deps, name, channel, version, closed: closed ?? undefined, live, keys })];
    }),
  );
}

const fullAfter = (
  documents: readonly LockedDocument[],
  drafts: ReadonlyMap<string, Draft>,
  limits: SegmentSize,
): readonly string[] =>
  documents
    .filter(({ name, closed }) => closed === null && rollingLog(name) !== undefined)
    .map((document) => ({ ...document, rows: drafts.get(document.name)?.rows ?? [] }))
    .filter(({ rows, ...size }) => rows.length > 0 && isFull(together(size, sizeOf(rows)), limits))
    .map(({ name }) => name);

async function catchUpTo(trx: Kysely<Database>, live: Live | undefined, version: number): Promise<void> {
  if (live === undefined) return;
  checkVersion(live.name, live.version, version);
  if (live.version < version) await catchUp(trx, live);
}
