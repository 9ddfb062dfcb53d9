import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { sql } from "kysely";
import { ulid } from "ulid";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { logDocument } from "#shared/documents/names.ts";
import type { ChannelId, EntryId, MemberId } from "#shared/ids.ts";
import { createCommitter } from "#server/documents/committer.ts";
import { createDigest } from "#server/documents/digest.ts";
import { openLog } from "#server/documents/open.ts";
import { createPens } from "#server/documents/pens.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";

import { createJobs, type Jobs } from "./jobs.ts";
import type { JobsPlace } from "./queue.ts";
import { sweep } from "./sweep.ts";
import { startWork } from "./work.ts";

const failed = (error: unknown): never => expect.fail(String(error));

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.close());

/** A channel in which Alice says one thing after the other. */
async function talk(jobs?: Jobs) {
  const { db } = database;
  const alice = uuid() as MemberId;
  const channel = uuid() as ChannelId;
  const document = logDocument("channel", channel, 1);
  await openLog(db, { kind: "channel", id: channel });
  const { submit } = createCommitter({
    db,
    pens: createPens(),
    digest: createDigest(Buffer.alloc(32)),
    waitFor: () => 0,
    now: Date.now,
    ring: () => undefined,
    committed: (rows, erase) => jobs?.enqueue({ project: rows.map((row) => row.document), erase }),
    failed,
  });
  const ids: EntryId[] = [];

  return {
    channel,
    document,
    submit,
    async say(body: string) {
      const id = ulid() as EntryId;
      ids.push(id);
      await submit({
        kind: "write",
        document,
        entries: [{ author: alice, entry: { kind: "message", id, at: Date.now(), body } }],
      });
    },
    async takeBack(index: number) {
      const of = { author: alice, id: ids[index] as EntryId };
      await submit({
        kind: "write",
        document,
        entries: [
          { author: alice, entry: { kind: "retract", id: ulid() as EntryId, at: Date.now(), of, what: "message" } },
        ],
      });
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

const WAIT = { timeout: 15_000, interval: 30 };

const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;
let redis: ChildProcess | undefined;
const redisFolder = mkdtempSync(join(tmpdir(), "folkmoot-redis-"));
const redisUrl = "redis://127.0.0.1:16379";

beforeAll(async () => {
  if (!hasRedis) return;
  redis = spawn("redis-server", ["--port", "16379", "--save", "", "--dir", redisFolder, "--bind", "127.0.0.1"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const chunk of redis.stdout ?? []) if (String(chunk).includes("Ready to accept")) break;
});
afterAll(async () => {
  if (redis !== undefined) await end(redis, "SIGTERM");
  rmSync(redisFolder, { recursive: true });
});

describe.for<["PostgreSQL" | "Redis", string | undefined]>([
  ["PostgreSQL", undefined],
  ...(hasRedis ? [["Redis", redisUrl] as ["Redis", string]] : []),
])("jobs in %s", ([, url]) => {
  const place = (): JobsPlace => ({ databaseUrl: database.url, redisUrl: url });

  test("what is said is in the tables soon, however fast it comes", async () => {
    const jobs = await createJobs(place(), failed);
    const alice = await talk(jobs);
    const work = await startWork(place(), { db: database.db, submit: alice.submit, failed });
    const said = Array.from({ length: 60 }, (_, index) => `word ${index}`);

    for (const body of said) await alice.say(body);

    await expect.poll(alice.bodies, WAIT).toEqual(said);
    await work.close();
    await jobs.close();
  });

  test("what is retracted is compacted away", async () => {
    const jobs = await createJobs(place(), failed);
    const alice = await talk(jobs);
    const work = await startWork(place(), { db: database.db, submit: alice.submit, failed });
    await alice.say("swordfish");
    await alice.takeBack(0);

    await expect.poll(() => journalHolds(alice.document, "swordfish"), WAIT).toBe(false);
    await expect.poll(alice.bodies, WAIT).toEqual([""]);
    await work.close();
    await jobs.close();
  });
});

test("the sweeper finds what no job was made for", async () => {
  const alice = await talk();
  await alice.say("nobody rang");
  await alice.say("swordfish");
  await alice.takeBack(1);

  await sweep({ db: database.db, submit: alice.submit, failed });

  expect(await alice.bodies()).toEqual(["nobody rang", ""]);
  expect(await journalHolds(alice.document, "swordfish")).toBe(false);
});

async function journalHolds(document: string, text: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select from (select update as bytes from journal where document = ${document} union all select state from snapshot where document = ${document}) b
      where position(${Buffer.from(text)}::bytea in bytes) > 0) as found`.execute(database.db);
  return rows[0]?.found === true;
}

/** The real worker process, on this test's database. */
function startWorker(folder: string): ChildProcess {
  const environment = { ...process.env, DATABASE_URL: database.url, DATA_DIR: folder, LOG_LEVEL: "error" };
  return spawn(process.execPath, [join(import.meta.dirname, "../worker.ts")], {
    env: environment,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}

async function end(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  const gone = once(child, "exit");
  child.kill(signal);
  await gone;
}

describe("the worker process", () => {
  const folder = mkdtempSync(join(tmpdir(), "folkmoot-worker-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("killed again and again in the middle of its work, it ends at the same rows", { timeout: 60_000 }, async () => {
    const jobs = await createJobs({ databaseUrl: database.url, redisUrl: undefined }, failed);
    const alice = await talk(jobs);
    const said: string[] = [];

    const sayNext = async (): Promise<void> => {
      said.push(`word ${said.length}`);
      await alice.say(said.at(-1) as string);
    };

    for (let life = 0; life < 3; life += 1) {
      const worker = startWorker(folder);
      await sayNext();
      await expect.poll(alice.bodies, WAIT).toEqual(said); // it works
      for (let word = 0; word < 20; word += 1) await sayNext();
      const killed = end(worker, "SIGKILL");
      for (let word = 0; word < 20; word += 1) await sayNext();
      await killed;
    }
    const last = startWorker(folder);

    await expect.poll(alice.bodies, WAIT).toEqual(said);
    await end(last, "SIGKILL");
    await jobs.close();
  });

  test("it ends by itself when the process that started it is gone", async () => {
    const worker = startWorker(folder);
    const gone = once(worker, "exit");

    worker.disconnect();

    await gone;
    expect(worker.exitCode).not.toBeNull();
  });
});
