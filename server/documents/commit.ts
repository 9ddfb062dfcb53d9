import { sql, type Kysely } from "kysely";

import { parseDocumentName, SYS } from "#shared/documents/names.ts";
import type { Database } from "#server/database/types.ts";
import type { Keys } from "#server/gate/entry-key.ts";
import { keysAskedFor } from "#server/gate/questions.ts";

import type { Allowances } from "./allowances.ts";
import { createDraft, type Draft } from "./draft.ts";
import { beginBatch, checkVersion, type History } from "./history.ts";
import { readKeys, writeKeys } from "./keys.ts";
import { catchUp, type Live } from "./live.ts";
import type { Pens } from "./pens.ts";
import { readStandings, type Appearance, type StandingOf } from "./standing.ts";
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
  return deps.db.transaction().execute(async (trx) => {
    deps.history.check(await beginBatch(trx));
    const drafts = await openDrafts(deps, trx, tasks);
    const standingOf = await readStandings(
      trx,
      tasks.map(appearanceOf).filter((appearance) => appearance !== undefined),
      true,
    );
    const outcomes = tasks.map((task) => outcomeOf(task, drafts.get(task.document), standingOf));

    await store(trx, [...drafts.values()]);
    return {
      outcomes,
      rows: [...drafts.values()].flatMap(({ rows }) => rows),
      eraseDue: [...drafts.values()].flatMap(({ eraseDue }) => [...eraseDue]),
    };
  });
}

/** Whose rights decide about a task; nobody's about what the server does of its own accord. */
function appearanceOf(task: Task): Appearance | undefined {
  if (task.kind === "frame") return { person: task.sender, place: task.live.ref };
  return task.kind === "post" ? { person: task.sender, place: task.place } : undefined;
}

function outcomeOf(task: Task, draft: Draft | undefined, standingOf: StandingOf): Outcome {
  if (draft === undefined) return { kind: "no-such-document" };
  if (task.kind === "frame") return draft.frame(task, standingOf({ person: task.sender, place: task.live.ref }));
  if (task.kind === "post") return draft.post(task, standingOf({ person: task.sender, place: task.place }));
  return task.kind === "write" ? draft.write(task) : draft.erase(task);
}

/** Locks the documents' rows in the order of their names, and brings what is in memory up to them. */
async function openDrafts(
  deps: CommitDependencies,
  trx: Kysely<Database>,
  tasks: readonly Task[],
): Promise<ReadonlyMap<string, Draft>> {
  const names = [...new Set(tasks.map(({ document }) => document))];
  const documents = await trx
    .selectFrom("document")
    .select(["name", "channel_id", "version", "closed"])
    .where("name", "=", sql<string>`any(${names})`)
    .orderBy("name")
    .forUpdate()
    .execute();
  const lives = new Map(tasks.flatMap((task) => (task.kind === "frame" ? [[task.document, task.live] as const] : [])));
  for (const { name, version } of documents) await catchUpTo(trx, lives.get(name), version);

  const keysByChannel = await readKeysByChannel(trx, tasks);
  const now = deps.now();
  return new Map(
    documents.map(({ name, channel_id: channel, version, closed }) => {
      const keys = keysByChannel.get(channel) as Keys;
      return [
        name,
        createDraft({ ...deps, name, channel, version, closed: closed ?? undefined, live: lives.get(name), keys, now }),
      ];
    }),
  );
}

async function catchUpTo(trx: Kysely<Database>, live: Live | undefined, version: number): Promise<void> {
  if (live === undefined) return;
  checkVersion(live.name, live.version, version);
  if (live.version < version) await catchUp(trx, live);
}

/** Keys are a channel's, over all its segments: two documents of one channel share them. */
async function readKeysByChannel(trx: Kysely<Database>, tasks: readonly Task[]): Promise<ReadonlyMap<string, Keys>> {
  const byChannel = Map.groupBy(tasks, ({ document }) => parseDocumentName(document)?.id as string);
  const keys = new Map<string, Keys>();
  for (const [channel, own] of byChannel) {
    const questions = own.flatMap(questionsOf);
    const asked = { refs: questions.flatMap(({ refs }) => refs), states: questions.flatMap(({ states }) => states) };
    keys.set(channel, await readKeys(trx, { channel, ...asked }));
  }
  return keys;
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

async function store(trx: Kysely<Database>, drafts: readonly Draft[]): Promise<void> {
  const rows = drafts.flatMap((draft) => draft.rows);
  const eraseDue = drafts.flatMap((draft) => [...draft.eraseDue]);

  await bind(trx, rows);
  await writeKeys(trx, newest(drafts.flatMap(({ keyChanges }) => keyChanges)));
  await append(trx, rows);
  if (eraseDue.length > 0)
    await sql`update document set erase_due = version where name = any(${eraseDue})`.execute(trx);
}

/** One statement must not touch a key twice: the batch's last word about each. */
function newest<
  Change extends { readonly channel: string; readonly key: { readonly author: string; readonly id: string } },
>(changes: readonly Change[]): readonly Change[] {
  return [
    ...new Map(changes.map((change) => [`${change.channel} ${change.key.author} ${change.key.id}`, change])).values(),
  ];
}

/** A server's pen may be bound already, by a write that had no document in memory; bound to somebody else fails the batch. */
async function bind(trx: Kysely<Database>, rows: readonly JournalRow[]): Promise<void> {
  const bindings = rows.flatMap(({ document, bound, penned }) =>
    bound.map(([client, owner]) => ({ document, client, owner, pen: penned })),
  );
  if (bindings.length === 0) return;
  await sql`
    insert into client (document, client_id, member, pen)
    select * from unnest(
      ${bindings.map(({ document }) => document)}::text[],
      ${bindings.map(({ client }) => client)}::bigint[],
      ${bindings.map(({ owner }) => (owner === SYS ? null : owner))}::uuid[],
      ${bindings.map(({ pen }) => pen)}::boolean[]) as fresh (document, client_id, member, pen)
    where not exists (
      select from client c
      where c.document = fresh.document and c.client_id = fresh.client_id and c.member is not distinct from fresh.member)`.execute(
    trx,
  );
}

/** Journal rows and the documents' new versions. */
async function append(trx: Kysely<Database>, rows: readonly JournalRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    with added as (
      insert into journal (document, version, update, author, received)
      select * from unnest(
        ${rows.map(({ document }) => document)}::text[], ${rows.map(({ version }) => version)}::bigint[],
        ${rows.map(({ update }) => Buffer.from(update))}::bytea[], ${rows.map(({ author }) => author)}::uuid[],
        ${rows.map(({ received }) => received)}::bigint[])
      returning document, version),
    newest as (select document, max(version) as version from added group by document)
    update document set version = newest.version from newest where name = newest.document`.execute(trx);
}
