import { sql, type Kysely } from "kysely";

import type { CommunityId } from "#shared/ids.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import type { Database } from "#server/database/types.ts";
import type { Ring } from "#server/documents/doorbell.ts";
import type { Outcome, Task } from "#server/documents/task.ts";

import { createDesk } from "./desk.ts";
import { parseMessage, type ForeignMessage } from "./parse-message.ts";
import type { Change } from "./places.ts";
import { readLines } from "./read-lines.ts";

export interface ImportDependencies {
  readonly db: Kysely<Database>;
  readonly submit: (task: Task) => Promise<Outcome>;
  readonly ring: Ring;
  readonly change: Change;
  /** Told of each document that is written to the end, to be projected and compacted while the import goes on. */
  readonly written: (document: string) => void;
  readonly progress: (progress: Progress) => void;
  readonly malformed: (line: number, why: string) => void;
}

export interface ImportOrder {
  readonly path: string;
  readonly community: CommunityId;
  /** Where lines without a channel go. */
  readonly channel: string;
  readonly onError: "skip" | "stop";
}

export interface Progress {
  /** How much of the file was read, from 0 to 1. */
  readonly read: number;
  readonly messages: number;
}

export interface ImportReport {
  readonly imported: number;
  readonly known: number;
  readonly skipped: number;
  /** Replies to messages that the file does not hold, or only later. */
  readonly lostReplies: number;
}

export type ImportProblem =
  | { readonly kind: "stopped"; readonly line: number; readonly report: ImportReport }
  | { readonly kind: "busy" };

/** Lines that are read before they are written: enough for large transactions, little to repeat after a crash. */
const BATCH = 5_000;

/**
 * Brings the messages of a file into a community. May be killed anywhere and run again: what is there already is passed
 * over. Lines should stand in the order of their times; a reply is kept where its target stands before it.
 */
export async function importMessages(
  deps: ImportDependencies,
  order: ImportOrder,
): Promise<Result<ImportReport, ImportProblem>> {
  return deps.db.connection().execute(async (connection) => {
    if (!(await lock(connection, order.community))) return fail({ kind: "busy" });
    try {
      return await run(deps, order);
    } finally {
      await sql`select pg_advisory_unlock(hashtextextended(${lockName(order.community)}, 0))`.execute(connection);
    }
  });
}

const lockName = (community: CommunityId): string => `import ${community}`;

/** Two imports into one community at once would cut its segments twice. */
async function lock(connection: Kysely<Database>, community: CommunityId): Promise<boolean> {
  const { rows } = await sql<{
    locked: boolean;
  }>`select pg_try_advisory_lock(hashtextextended(${lockName(community)}, 0)) as locked`.execute(connection);
  return rows[0]?.locked === true;
}

async function run(deps: ImportDependencies, order: ImportOrder): Promise<Result<ImportReport, ImportProblem>> {
  const counts = { imported: 0, known: 0, skipped: 0 };
  const desk = createDesk(deps, order);
  let waiting: ForeignMessage[] = [];
  let stoppedAt: number | undefined;

  async function hand(read: number): Promise<void> {
    const { fresh, known } = await desk.take(waiting);
    waiting = [];
    counts.imported += fresh;
    counts.known += known;
    deps.progress({ read, messages: counts.imported + counts.known });
  }

  for await (const { number, text, read } of readLines(order.path)) {
    const message = parseMessage(text);
    if (message.ok) waiting.push(message.value);
    else {
      counts.skipped += 1;
      deps.malformed(number, message.problem);
      stoppedAt = order.onError === "stop" ? number : undefined;
    }
    if (waiting.length >= BATCH) await hand(read);
    if (stoppedAt !== undefined) break;
  }
  await hand(1);
  await hand(1);

  const report = { ...counts, lostReplies: desk.close() };
  return stoppedAt === undefined ? ok(report) : fail({ kind: "stopped", line: stoppedAt, report });
}
