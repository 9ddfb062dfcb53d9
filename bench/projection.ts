import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { sql, type Kysely } from "kysely";
import { ulid } from "ulid";
import { v7 as uuid } from "uuid";

import { logDocument } from "#shared/documents/names.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import type { ChannelId, EntryId, MemberId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";
import { openLog } from "#server/documents/open.ts";
import { createJobs } from "#server/jobs/jobs.ts";
import { projectDocument } from "#server/projections/run.ts";
import type { Workplace } from "#server/workplace.ts";

import { percentile } from "./support/median.ts";
import { report } from "./support/report.ts";
import { throwAway } from "./support/throw-away.ts";

/**
 * Claims: one core projects at least 5,000 entries a second (messages, edits, reactions and retractions, with their
 * index of words); and at 500 messages a second what is committed is in the tables within a second, for 99 of 100.
 * Baseline: one message a transaction, written as it is, without fold, reactions or index of words.
 */
const ENTRIES = 30_000;
const BASELINE = 2_000;
const CHANNELS = 10;
const RATE = 500;
const SECONDS = 10;

const WORDS =
  "how do I install the sound card driver on ubuntu with apt get when the kernel does not load it at boot".split(" ");
const authors = Array.from({ length: 200 }, () => uuid() as MemberId);

interface Said {
  readonly author: MemberId;
  readonly entry: Entry;
}

/** Nine messages in ten; of the rest a reaction, an edit or a retraction of what was said a little before. */
function said(index: number, before: readonly Said[]): Said {
  const at = Date.now() + index;
  const base = { id: ulid(at) as EntryId, at };
  const target = index % 10 === 9 ? before.at(-5) : undefined;
  if (target === undefined || target.entry.kind !== "message") {
    const body = Array.from({ length: 14 }, (_, word) => WORDS[(index * 7 + word * 3) % WORDS.length]).join(" ");
    return { author: authors[index % authors.length] as MemberId, entry: { ...base, kind: "message", body } };
  }
  const { author } = target;
  const of = { author, id: target.entry.id };
  if (index % 100 === 49) return { author, entry: { ...base, kind: "retract", of, what: "message" } };
  if (index % 20 === 9) return { author, entry: { ...base, kind: "edit", of, body: `${target.entry.body} edited` } };
  return { author: authors[0] as MemberId, entry: { ...base, kind: "reaction", of, key: "+1", on: true } };
}

async function openChannel(db: Kysely<Database>): Promise<string> {
  const id = uuid() as ChannelId;
  await openLog(db, { kind: "channel", id });
  return logDocument("channel", id, 1);
}

/** Entries a second that one process projects, which waits for PostgreSQL while that works: one core at a time. */
async function measureThroughput({ db, committer }: Workplace): Promise<number> {
  const documents = await Promise.all(Array.from({ length: 6 }, () => openChannel(db)));
  for (const document of documents) {
    const entries: Said[] = [];
    for (let index = 0; index < ENTRIES / documents.length; index += 1) entries.push(said(index, entries));
    // As people would send them: a few to a row.
    const rows = Map.groupBy(entries, (_entry, index) => Math.floor(index / 10));
    for (const [, row] of rows) void committer.submit({ kind: "write", document, entries: row });
    await committer.idle();
  }
  const began = performance.now();
  for (const document of documents) await projectDocument(db, document);
  return ENTRIES / ((performance.now() - began) / 1_000);
}

async function measureBaseline({ db }: Workplace): Promise<number> {
  await sql`create table plain (author uuid, id text, at bigint, body text, primary key (author, id))`.execute(db);
  const began = performance.now();
  for (let index = 0; index < BASELINE; index += 1) {
    const { author, entry } = said(index, []);
    if (entry.kind === "message")
      await sql`insert into plain values (${author}, ${entry.id}, ${entry.at}, ${entry.body})`.execute(db);
  }
  return BASELINE / ((performance.now() - began) / 1_000);
}

function startWorker(environment: Readonly<Record<string, string>>): ChildProcess {
  const program = join(import.meta.dirname, "../server/worker.ts");
  return spawn(process.execPath, [program], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}

/** For each message the ms from its commit to the moment it is seen in the tables, with a worker as in production. */
async function measureLag(workplace: Workplace, dataDirectory: string): Promise<readonly number[]> {
  const { db, committer, installation } = workplace;
  const jobs = await createJobs({ databaseUrl: installation.url, redisUrl: undefined }, console.error);
  const documents = await Promise.all(Array.from({ length: CHANNELS }, () => openChannel(db)));
  const worker = startWorker({ DATABASE_URL: installation.url, DATA_DIR: dataDirectory });
  const committedAt = new Map<string, number>();
  const lags = new Map<string, number>();

  const say = async (index: number): Promise<void> => {
    const document = documents[index % CHANNELS] as string;
    const { author, entry } = said(index, []);
    await committer.submit({ kind: "write", document, entries: [{ author, entry }] });
    committedAt.set(entry.id, performance.now());
    jobs.enqueue({ project: [document] });
  };

  await say(0);
  while (lags.size === 0) await look(db, committedAt, lags); // until the worker is up
  lags.clear();

  const talking = talk(say);
  const speaker = { isTalking: true };
  void talking.then(() => (speaker.isTalking = false));
  while (speaker.isTalking || committedAt.size > 0) await look(db, committedAt, lags);

  const gone = once(worker, "exit");
  worker.disconnect();
  await Promise.all([gone, jobs.close()]);
  return [...lags.values()];
}

async function talk(say: (index: number) => Promise<void>): Promise<void> {
  const began = performance.now();
  const all: Promise<void>[] = [];
  for (let index = 1; index <= RATE * SECONDS; index += 1) {
    const due = began + (index / RATE) * 1_000;
    if (performance.now() < due) await pause(Math.max(0, due - performance.now()));
    all.push(say(index));
  }
  await Promise.all(all);
}

/** Finds out which of those that were committed are in the tables now. */
async function look(db: Kysely<Database>, committedAt: Map<string, number>, lags: Map<string, number>): Promise<void> {
  const ids = [...committedAt.keys()];
  const { rows } = await sql<{ id: string }>`select id from message where id = any(${ids}::text[])`.execute(db);
  const now = performance.now();
  for (const { id } of rows) {
    lags.set(id, now - (committedAt.get(id) as number));
    committedAt.delete(id);
  }
  await pause(20);
}

await throwAway(async (workplace, config) => {
  const baseline = await measureBaseline(workplace);
  const throughput = await measureThroughput(workplace);
  // Only the lookup of this bench needs it.
  await sql`create index message_by_id on message (id)`.execute(workplace.db);
  const lags = await measureLag(workplace, config.DATA_DIR);

  const p99 = percentile(lags, 0.99);
  report({
    bench: "projection",
    entries_per_second: throughput,
    baseline_entries_per_second: baseline,
    ratio: throughput / baseline,
    messages_per_second: RATE,
    lag_p50_ms: percentile(lags, 0.5),
    lag_p99_ms: p99,
    goal: "5,000 entries a second; lag p99 under 1,000 ms",
    ok: throughput >= 5_000 && p99 < 1_000,
  });
});
