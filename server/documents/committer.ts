import { setTimeout as pause } from "node:timers/promises";

import { commitBatch, type CommitDependencies, type Committed } from "./commit.ts";
import type { Ring } from "./doorbell.ts";
import { createHistory } from "./history.ts";
import { rollFull } from "./roll-over.ts";
import type { JournalRow, Outcome, Task } from "./task.ts";

/** The one way into documents, for everybody in this process. */
export interface Committer {
  /** Resolves when the outcome is durable; never rejects. */
  submit(task: Task): Promise<Outcome>;
  /** Resolves when everything submitted so far has its outcome. */
  idle(): Promise<void>;
}

export interface CommitterDependencies extends Omit<CommitDependencies, "history"> {
  /**
   * The least time from the beginning of one batch to that of the next, in ms; nobody waits for it after a quiet moment.
   * Under load more share a transaction that way, which costs all of them as much as it costs one.
   */
  readonly rhythm?: number;
  /** Called after the commit, in the order of the versions, before the outcomes are told. */
  readonly committed: (rows: readonly JournalRow[], eraseDue: readonly string[]) => void;
  /** Told how long each batch took, and whether it was committed. */
  readonly timed?: (tasks: number, ms: number, isDone: boolean) => void;
  readonly ring: Ring;
  readonly failed: (error: unknown) => void;
}

/** Enough for a burst, little enough that one transaction stays short, and that nobody waits long while it is judged. */
const MAX_BATCH = 256;
const MAX_WEIGHT = 4_000;
const MAX_WAITING = 20_000;
const RETRY_AFTER = 2_000;

const overload: Outcome = {
  kind: "refused",
  code: "overload",
  entries: [],
  why: "not committed",
  retryAfter: RETRY_AFTER,
};

/** What a task costs, in values and ranges that are looked at. */
function weightOf(task: Task): number {
  if (task.kind === "frame")
    return task.update.items.reduce((sum, { values }) => sum + (values?.length ?? 1), task.update.deletes.length);
  if (task.kind === "page-frame") return task.update.structs.length + task.update.deletes.length;
  if (task.kind === "post") return 1;
  return task.kind === "write" ? task.entries.length : task.positions.length;
}

/** How many of those that wait make up a batch: at least one. */
function batchSize(waiting: readonly Waiting[]): number {
  let weight = 0;
  const first = waiting.slice(0, MAX_BATCH);
  const tooMany = first.findIndex(({ task }, index) => (weight += weightOf(task)) > MAX_WEIGHT && index > 0);
  return tooMany < 0 ? first.length : tooMany;
}

interface Waiting {
  readonly task: Task;
  readonly tell: (outcome: Outcome) => void;
}

/** Group commit: one batch is in flight, and takes whatever arrived while the one before it was. */
export function createCommitter(deps: CommitterDependencies): Committer {
  const history = createHistory();
  const waiting: Waiting[] = [];
  const rolls = new Map<string, Promise<void>>();
  let running: Promise<void> | undefined;
  /** When the next batch may begin. */
  let next = 0;

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      await breathe();
      await settle(waiting.splice(0, batchSize(waiting)));
    }
    running = undefined;
  }

  /** Nothing is under way meanwhile. */
  async function breathe(): Promise<void> {
    const left = next - performance.now();
    if (left > 0) await pause(left);
    next = performance.now() + (deps.rhythm ?? 0);
  }

  async function settle(batch: readonly Waiting[]): Promise<void> {
    const done = await attempt(batch);
    if (done !== undefined) return;

    // Document by document, so that one that cannot be committed harms nobody else.
    for (const own of Map.groupBy(batch, ({ task }) => task.document).values()) {
      if ((await attempt(own)) === undefined) own.forEach(({ tell }) => tell(overload));
    }
  }

  async function attempt(batch: readonly Waiting[]): Promise<Committed | undefined> {
    const tasks = batch.map(({ task }) => task);
    const began = performance.now();
    try {
      const result = await commitBatch({ ...deps, history }, tasks);
      deps.timed?.(tasks.length, performance.now() - began, true);
      deps.committed(result.rows, result.eraseDue);
      deps.ring(result.rows);
      batch.forEach(({ tell }, index) => tell(result.outcomes[index] as Outcome));
      result.full.forEach(roll);
      return result;
    } catch (error) {
      deps.pens.forget(new Set(tasks.map(({ document }) => document)));
      deps.timed?.(tasks.length, performance.now() - began, false);
      deps.failed(error);
      return undefined;
    }
  }

  /** Should it fail, whoever adds something next tries again. */
  function roll(document: string): void {
    if (rolls.has(document)) return;
    const work = rollFull(deps, document, deps.now())
      .catch(deps.failed)
      .finally(() => rolls.delete(document));
    rolls.set(document, work);
  }

  return {
    submit: (task) =>
      new Promise((tell) => {
        if (waiting.length >= MAX_WAITING) return tell(overload);
        waiting.push({ task, tell });
        running ??= Promise.resolve().then(run);
      }),
    async idle() {
      await running;
      await Promise.all(rolls.values());
    },
  };
}
