import { sql, type Kysely } from "kysely";
import { ulid } from "ulid";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect } from "vitest";

import { logDocument } from "#shared/documents/names.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import type { ChannelId, EntryId, MemberId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";
import { unlimited } from "#server/documents/allowances.ts";
import { createCommitter } from "#server/documents/committer.ts";
import { createDigest } from "#server/documents/digest.ts";
import { openLog } from "#server/documents/open.ts";
import { createPens } from "#server/documents/pens.ts";
import type { Jobs } from "#server/jobs/jobs.ts";
import type { JobsPlace } from "#server/jobs/queue.ts";
import { documentsBehind } from "#server/projections/behind.ts";

import { testDatabase, type TestDatabase } from "./database.ts";
import { hasRedis, testRedis, type TestRedis } from "./redis.ts";
import { expectAsRebuilt } from "./tables.ts";

/** Where jobs are kept, and what may happen to them there. */
export interface TestQueue extends TestDatabase {
  readonly place: JobsPlace;
  /** Every job is lost, and all that the queue knew of them. */
  forget(): Promise<void>;
  /** It breaks off in the middle of what it does, for everybody, and comes back; in Redis without anything. */
  crash(): Promise<void>;
}

/** By this name PostgreSQL knows the queue's own connections. */
const QUEUE = "queue";

/** The same tests for each backend of the queue; Redis' are skipped where none is installed. */
export function onEachQueue(tests: (queue: () => TestQueue) => void): void {
  for (const kind of ["PostgreSQL", "Redis"] as const)
    describe.skipIf(kind === "Redis" && !hasRedis)(`jobs in ${kind}`, () => {
      let queue: TestQueue;
      beforeAll(async () => void (queue = await openQueueOf(kind === "Redis" ? await testRedis() : undefined)));
      afterAll(() => queue.close());
      tests(() => queue);
    });
}

async function openQueueOf(redis: TestRedis | undefined): Promise<TestQueue> {
  const database = await testDatabase();
  return {
    ...database,
    place: { databaseUrl: `${database.url}&application_name=${QUEUE}`, redisUrl: redis?.url },
    forget: () =>
      redis === undefined ? emptyTables(database.db) : redis.ask(async (own) => void (await own.flushall())),
    async crash() {
      if (redis === undefined)
        return void (await sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name = ${QUEUE}`.execute(database.db));
      await redis.kill();
      await redis.start();
    },
    async close() {
      await redis?.close();
      await database.close();
    },
  };
}

async function emptyTables(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'bullmq' and tablename not in ('migration', 'meta')`.execute(
    db,
  );
  await sql`truncate ${sql.join(rows.map(({ name }) => sql.table(`bullmq.${name}`)))}`.execute(db);
}

/** A channel in which Alice says one thing after the other. */
export async function monologue(db: Kysely<Database>, jobs?: Jobs) {
  const alice = uuid() as MemberId;
  const channel = uuid() as ChannelId;
  const document = logDocument("channel", channel, 1);
  await openLog(db, { kind: "channel", id: channel });
  const { submit } = createCommitter({
    db,
    pens: createPens(),
    digest: createDigest(Buffer.alloc(32)),
    allowances: unlimited,
    now: Date.now,
    ring: () => undefined,
    committed: (rows, erase) => jobs?.enqueue({ project: rows.map((row) => row.document), erase }),
    failed: (error) => expect.fail(String(error)),
  });
  const ids: EntryId[] = [];
  const write = async (entry: Entry): Promise<void> =>
    void (await submit({ kind: "write", document, entries: [{ author: alice, entry }] }));

  return {
    channel,
    document,
    submit,
    async say(...bodies: readonly string[]) {
      for (const body of bodies) {
        const id = ulid() as EntryId;
        ids.push(id);
        await write({ kind: "message", id, at: Date.now(), body });
      }
    },
    async takeBack(index: number) {
      const of = { author: alice, id: ids[index] as EntryId };
      await write({ kind: "retract", id: ulid() as EntryId, at: Date.now(), of, what: "message" });
    },
    async bodies() {
      const rows = await db
        .selectFrom("message")
        .select("body")
        .where("channel", "=", channel)
        .orderBy("position")
        .orderBy("id")
        .execute();
      return rows.map(({ body }) => body);
    },
  };
}

export const words = (count: number, what = "word"): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${what} ${index}`);

/** Fails unless everything is projected soon, by whoever does that, and just as a rebuild would do it. */
export async function expectProjected(db: Kysely<Database>, timeout = 20_000): Promise<void> {
  await expect.poll(() => documentsBehind(db, 1_000), { timeout, interval: 30 }).toEqual([]);
  await expectAsRebuilt(db);
}
