import type { Kysely, Transaction } from "kysely";

import { homeOf } from "#shared/ids.ts";
import type { Result } from "#shared/result.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { sayWords } from "#server/cases/words.ts";
import type { Database } from "#server/database/types.ts";
import {
  collectConsequences,
  type AuthorityChange,
  type Collected,
  type Consequences,
} from "#server/documents/authority-change.ts";
import type { LogId } from "#server/documents/open.ts";
import type { Voice } from "#server/documents/voice.ts";

import { ringAuthority } from "./authority-bell.ts";
import { createMirror, markDue, type Mirror } from "./mirror.ts";
import { oweNotices, sayNotices } from "./notices.ts";

export type Command<Value> = (
  trx: Transaction<Database>,
  consequences: Consequences,
) => Promise<Result<Value, Failure>>;

/** The one way to change who may do what. */
export interface Authority {
  /**
   * Runs a command in a transaction; a failure undoes it. When it resolves, the change holds everywhere: the gate reads
   * the same tables, all nodes are told, and the documents show it, or will as soon as they can be written.
   */
  change<Value>(command: Command<Value>): Promise<Result<Value, Failure>>;
  /** Brings into the documents what a process left undone. */
  sweep(): Promise<void>;
}

export interface AuthorityDependencies {
  readonly db: Kysely<Database>;
  /** How the documents are told. */
  readonly target: Voice;
  readonly failed: (error: unknown) => void;
  readonly now?: () => number;
}

/** A transaction that met another one in the opposite order is run again. */
const ATTEMPTS = 4;

export function createAuthority({ db, target, failed, now = Date.now }: AuthorityDependencies): Authority {
  const mirror = createMirror(db, target);

  async function attempt<Value>(
    command: Command<Value>,
  ): Promise<{ readonly result: Result<Value, Failure>; readonly collected: Collected }> {
    const { consequences, collected } = collectConsequences();
    try {
      const result = await db.transaction().execute(async (trx) => {
        const outcome = await command(trx, consequences);
        if (!outcome.ok) throw new Undo(outcome);
        await conclude(trx, collected(), now());
        return outcome;
      });
      return { result, collected: collected() };
    } catch (error) {
      if (!(error instanceof Undo)) throw error;
      return { result: error.outcome as Result<Value, Failure>, collected: collectConsequences().collected() };
    }
  }

  /** The change is committed and stays due: what fails here is done by the sweeper. */
  async function show({ change, notices }: Collected): Promise<void> {
    const done = await Promise.allSettled([
      ...mirrored(mirror, change),
      ...(notices.length > 0 ? [sayNotices(db, target)] : []),
      sayWords(db, target),
    ]);
    done.filter((outcome) => outcome.status === "rejected").forEach(({ reason }) => failed(reason));
  }

  return {
    async change(command) {
      const { result, collected } = await again(() => attempt(command));
      await show(collected);
      return result;
    },
    async sweep() {
      await mirror.sweep();
      await sayNotices(db, target);
      await sayWords(db, target);
    },
  };
}

/** Carries a failure out of a transaction, which it rolls back. */
class Undo extends Error {
  readonly outcome: unknown;

  constructor(outcome: unknown) {
    super("undone");
    this.outcome = outcome;
  }
}

async function conclude(trx: Transaction<Database>, { change, notices }: Collected, now: number): Promise<void> {
  await markDue(trx, documentsOf(change));
  await oweNotices(trx, notices, now);
  await ringAuthority(trx, change);
}

const documentsOf = ({ communities, people }: AuthorityChange): readonly LogId[] => [
  ...communities.map((id): LogId => ({ kind: "community", id })),
  ...people.map((person): LogId => ({ kind: "user", id: homeOf(person) })),
];

const mirrored = (mirror: Mirror, { communities, people }: AuthorityChange): readonly Promise<void>[] => [
  ...communities.map((id) => mirror.community(id)),
  ...people.map((person) => mirror.home(person)),
];

const DEADLOCK = "40P01";

async function again<Value>(act: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await act();
    } catch (error) {
      if (attempt === ATTEMPTS || (error as { code?: unknown }).code !== DEADLOCK) throw error;
    }
  }
}
