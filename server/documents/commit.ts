import { sql, type Kysely, type RawBuilder, type Selectable } from "kysely";

import { parseDocumentName } from "#shared/documents/names.ts";
import type { DocumentTable } from "#server/database/tables/document.ts";
import { inOneGo } from "#server/database/in-one-go.ts";
import type { Database } from "#server/database/types.ts";
import type { Keys } from "#server/gate/entry-key.ts";
import { keysAskedFor } from "#server/gate/questions.ts";

import type { Allowances } from "./allowances.ts";
import { createDraft, type Draft } from "./draft.ts";
import { type History, checkVersion } from "./history.ts";
import { keysAsked, keysIn, type FoundKey } from "./keys.ts";
import { catchUp, type Live } from "./live.ts";
import { recordModeration } from "./moderation.ts";
import { createPageDraft, type PageDraft } from "./page-draft.ts";
import type { Pens } from "./pens.ts";
import { concernedIn, pointedAt, reaching } from "./pointed.ts";
import { standings, type Appearance, type FoundStandings } from "./found-standings.ts";
import { standingsIn, type StandingOf } from "./standing.ts";
import { storing } from "./store.ts";
import type { JournalRow, Outcome, Task } from "./task.ts";

export interface CommitDependencies {
  readonly db: Kysely<Database>;
  readonly pens: Pens;
  readonly history: History;
  readonly digest: (value: unknown) => string;
  readonly allowances: Allowances;
  readonly now: () => number;
}

export interface Committed {
  /** In the order of the tasks. */
  readonly outcomes: readonly Outcome[];
  readonly rows: readonly JournalRow[];
  /** Documents that hold something erased. */
  readonly eraseDue: readonly string[];
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
  return inDurableTransaction(deps.db, locking(tasks), async (trx, documents) => {
    await bringUp(deps.history, trx, tasks, documents);
    const now = deps.now();
    const { keys, standingOf } = await readFacts(trx, tasks, now);
    const drafts = openDrafts({ ...deps, now }, documents, tasks, keys);
    const outcomes = tasks.map((task) => outcomeOf(task, drafts.get(task.document), standingOf));
    await recordModeration(trx, tasks, [...drafts.values()]);
    const done = {
      outcomes,
      rows: [...drafts.values()].flatMap(({ rows }) => rows),
      eraseDue: [...drafts.values()].flatMap(({ eraseDue }) => [...eraseDue]),
    };
    return { done, storing: storing([...drafts.values()]) };
  });
}

/** Whose rights decide about a task; nobody's about what the server does of its own accord. */
function appearanceOf(task: Task): Appearance | undefined {
  if (task.kind === "frame" || task.kind === "page-frame") return { person: task.sender, place: task.live.ref };
  return task.kind === "post" ? { person: task.sender, place: task.place } : undefined;
}

function outcomeOf(task: Task, draft: Draft | PageDraft | undefined, standingOf: StandingOf): Outcome {
  if (draft === undefined) return { kind: "no-such-document" };
  if ("pageFrame" in draft)
    return task.kind === "page-frame"
      ? draft.pageFrame(task, standingOf({ person: task.sender, place: task.live.ref }))
      : { kind: "no-such-document" };
  if (task.kind === "page-frame") return { kind: "no-such-document" };
  if (task.kind === "frame") return draft.frame(task, standingOf({ person: task.sender, place: task.live.ref }));
  if (task.kind === "post") return draft.post(task, standingOf({ person: task.sender, place: task.place }));
  return task.kind === "write" ? draft.write(task) : draft.erase(task);
}

interface LockedDocument extends Pick<Selectable<DocumentTable>, "name" | "channel_id" | "version" | "closed"> {
  readonly timeline: number;
}

/** Locks the documents' rows in the order of their names. */
function locking(tasks: readonly Task[]): RawBuilder<LockedDocument> {
  const names = [...new Set(tasks.map(({ document }) => document))];
  return sql`/* kept: lock-documents */ select name, channel_id, version, closed,
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

/**
 * What decides about a batch. It is asked when the documents are locked, in one statement: a batch may concern hundreds
 * of channels, and everybody in it waits for each answer.
 */
async function readFacts(trx: Kysely<Database>, tasks: readonly Task[], now: number) {
  // Keys are a channel's, over all its segments: two documents of one channel share them.
  const byChannel = Map.groupBy(tasks, ({ document }) => parseDocumentName(document)?.id as string);
  const pointed = tasks.map(pointedAt);
  const questions = [
    ...[...byChannel].map(([channel, own]) => ({ channel, ...keysAskedBy(own) })),
    ...pointed.flatMap(({ questions: asked }) => asked),
  ];
  const appearances = [
    ...tasks.map(appearanceOf).filter((appearance) => appearance !== undefined),
    ...pointed.flatMap(({ appearances: asked }) => asked),
    ...tasks.flatMap(concernedIn),
  ];
  const { rows } =
    await sql<Facts>`/* kept: facts */ select ${keysAsked(questions)} as keys, ${standings(appearances, true)} as standings`.execute(
      trx,
    );
  const found = rows[0] as Facts;
  const keys = keysIn(found.keys, questions);
  const plain = standingsIn(found.standings, now);
  const standingOf: StandingOf = (appearance) => ({
    ...plain(appearance),
    reaches: reaching(appearance.person, plain, keys),
    roleOf: (person) => plain({ person, place: appearance.place }).actor.role,
  });
  return { keys, standingOf };
}

interface Facts {
  readonly keys: readonly FoundKey[];
  readonly standings: FoundStandings;
}

function openDrafts(
  deps: Omit<CommitDependencies, "now"> & { readonly now: number },
  documents: readonly LockedDocument[],
  tasks: readonly Task[],
  keysByChannel: ReadonlyMap<string, Keys>,
): ReadonlyMap<string, Draft | PageDraft> {
  const lives = livesOf(tasks);
  return new Map<string, Draft | PageDraft>(
    documents.map(({ name, channel_id: channel, version, closed }) => {
      const live = lives.get(name);
      if (parseDocumentName(name)?.kind === "page") return [name, createPageDraft({ ...deps, name, version, live })];
      const keys = keysByChannel.get(channel) as Keys;
      return [name, createDraft({ ...deps, name, channel, version, closed: closed ?? undefined, live, keys })];
    }),
  );
}

async function catchUpTo(trx: Kysely<Database>, live: Live | undefined, version: number): Promise<void> {
  if (live === undefined) return;
  checkVersion(live.name, live.version, version);
  if (live.version < version) await catchUp(trx, live);
}

function keysAskedBy(tasks: readonly Task[]) {
  const questions = tasks.flatMap(questionsOf);
  return { refs: questions.flatMap(({ refs }) => refs), states: questions.flatMap(({ states }) => states) };
}

function questionsOf(task: Task) {
  if (task.kind === "frame")
    return [
      keysAskedFor(
        task.sender,
        task.update.items.flatMap(({ values }) => values ?? []),
      ),
    ];
  if (task.kind === "post") return [keysAskedFor(task.sender, [task.entry])];
  if (task.kind === "write") return task.entries.map(({ author, entry }) => keysAskedFor(author, [entry]));
  return [];
}

/** What a transaction has come to, and the statements that store it. */
interface Result<Done> {
  readonly done: Done;
  readonly storing: readonly RawBuilder<unknown>[];
}

/**
 * Every batch waits for each answer: what needs none is sent together. A plan that is kept may have been made when the
 * tables were empty, and must find its rows by their indexes all the same.
 */
function inDurableTransaction<Locked, Done>(
  db: Kysely<Database>,
  locking: RawBuilder<Locked>,
  run: (trx: Kysely<Database>, locked: readonly Locked[]) => Promise<Result<Done>>,
): Promise<Done> {
  const begin = sql`begin; set local lock_timeout = '1s'; set local synchronous_commit = on; set local enable_seqscan = off`;
  return db.connection().execute(async (connection) => {
    try {
      const [, locked] = await inOneGo(connection, [begin, locking]);
      const { done, storing } = await run(connection, locked as readonly Locked[]);
      // What cannot be stored makes PostgreSQL end the transaction without it.
      await inOneGo(connection, [...storing, sql`commit`]);
      return done;
    } catch (error) {
      await sql`rollback`.execute(connection);
      throw error;
    }
  });
}
