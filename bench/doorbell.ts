import { setTimeout as pause } from "node:timers/promises";

import { Redis } from "ioredis";
import type { Kysely } from "kysely";
import { ulid } from "ulid";
import { v7 as uuid } from "uuid";
import { Doc } from "yjs";

import { logDocument } from "#shared/documents/names.ts";
import type { ChannelId, EntryId, MemberId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";
import { unlimited } from "#server/documents/allowances.ts";
import { createCommitter } from "#server/documents/committer.ts";
import { createDigest } from "#server/documents/digest.ts";
import { openDoorbell } from "#server/documents/doorbell.ts";
import { openLog } from "#server/documents/open.ts";
import { NO_LIMITS } from "#server/documents/segment-size.ts";
import { createPens } from "#server/documents/pens.ts";
import type { JournalRow } from "#server/documents/task.ts";
import { createLibrary, type Library } from "#server/sync/library.ts";
import { hasRedis, testRedis } from "#tests/support/redis.ts";

import { percentile } from "./support/median.ts";
import { report } from "./support/report.ts";
import { throwAway } from "./support/throw-away.ts";

/**
 * Claim: bells that say only which document has moved, so that the other node reads the journal, bring a row there
 * within 200 ms for 99 of 100, on a machine that does other things too. Baseline: bells in Redis that carry the row itself, which is applied as it comes.
 */
const DOCUMENTS = 20;
const AUTHORS = 100;
const RATE = 200;
const SECONDS = 10;

const authors = Array.from({ length: AUTHORS }, () => uuid() as MemberId);

/** How the rows of one node come to the other. */
interface Way {
  tell(rows: readonly JournalRow[]): void;
  listen(library: Library): Promise<void>;
  close(): Promise<void>;
}

async function throughBells(db: Kysely<Database>, databaseUrl: string, redisUrl?: string): Promise<Way> {
  const place = { db, databaseUrl, redisUrl, incarnation: "bench.1", failed: console.error };
  const [mouth, ears] = [openDoorbell(place), openDoorbell(place)];
  return {
    tell: mouth.ring,
    listen: (library) =>
      ears.listen({
        heard: ({ document, version }) => void library.heard(document, version).catch(console.error),
        missed: () => undefined,
      }),
    close: async () => void (await Promise.all([mouth.close(), ears.close()])),
  };
}

/** What we do not do: whoever may write to Redis may write into documents. */
async function asTheyAre(url: string): Promise<Way> {
  const [mouth, ears] = [new Redis(url), new Redis(url)];
  return {
    tell: (rows) =>
      rows.forEach((row) => {
        const update = Buffer.from(row.update).toString("base64");
        mouth.publish("rows", JSON.stringify({ ...row, update })).catch(console.error);
      }),
    async listen(library) {
      ears.on("message", (_channel, text) => {
        const row = JSON.parse(text) as Omit<JournalRow, "update"> & { readonly update: string };
        library.apply([{ ...row, update: Buffer.from(row.update, "base64") }]);
      });
      await ears.subscribe("rows");
    },
    close: async () => [mouth, ears].forEach((redis) => redis.disconnect()),
  };
}

interface Figures {
  readonly p50: number;
  readonly p99: number;
  /** Of both nodes together, which share this process. */
  readonly cpuPerRow: number;
}

async function measure(db: Kysely<Database>, way: Way): Promise<Figures> {
  const sentAt = new Map<string, number>();
  const lags: number[] = [];
  const there = createLibrary(db, arrived, console.error);
  const { submit } = createCommitter({
    db,
    pens: createPens(),
    digest: createDigest(new Uint8Array(32)),
    allowances: unlimited,
    now: Date.now,
    limits: NO_LIMITS,
    ring: () => undefined,
    failed: console.error,
    committed(rows) {
      rows.forEach(({ document, version }) => sentAt.set(`${document} ${version}`, performance.now()));
      way.tell(rows);
    },
  });

  /** The versions up to the one that it has now. */
  function arrived({ name, version }: { readonly name: string; readonly version: number }): void {
    for (let at = version; sentAt.has(`${name} ${at}`); at -= 1) {
      lags.push(performance.now() - (sentAt.get(`${name} ${at}`) as number));
      sentAt.delete(`${name} ${at}`);
    }
  }

  const say = (document: string, author: MemberId) =>
    submit({ kind: "write", document, entries: [{ author, entry: message() }] });
  const documents = await Promise.all(Array.from({ length: DOCUMENTS }, () => openDocument(db, there)));
  await way.listen(there);
  await Promise.all(documents.flatMap((document) => authors.map((author) => say(document, author))));
  while (sentAt.size > 0) await pause(20);
  lags.length = 0;

  const before = process.cpuUsage();
  const began = performance.now();
  for (let index = 0; index < RATE * SECONDS; index += 1) {
    await pause(Math.max(0, began + (index / RATE) * 1_000 - performance.now()));
    void say(documents[index % DOCUMENTS] as string, authors[(index * 7) % AUTHORS] as MemberId);
  }
  while (sentAt.size > 0 || lags.length < RATE * SECONDS) await pause(20);
  const { user, system } = process.cpuUsage(before);
  await way.close();
  return { p50: percentile(lags, 0.5), p99: percentile(lags, 0.99), cpuPerRow: (user + system) / lags.length / 1_000 };
}

const message = () =>
  ({ kind: "message", id: ulid() as EntryId, at: Date.now(), body: "one thing and another" }) as const;

async function openDocument(db: Kysely<Database>, library: Library): Promise<string> {
  const id = uuid() as ChannelId;
  await openLog(db, { kind: "channel", id });
  const name = logDocument("channel", id, 1);
  await library.open(name, new Doc());
  return name;
}

if (!hasRedis) throw new Error("It compares with a Redis: install redis-server.");

await throwAway(async ({ db, installation }) => {
  const redis = await testRedis();
  const figures: Record<string, Figures> = {
    carried: await measure(db, await asTheyAre(redis.url)),
    redis: await measure(db, await throughBells(db, installation.url, redis.url)),
    postgres: await measure(db, await throughBells(db, installation.url)),
  };
  await redis.close();
  const { redis: bells, postgres, carried } = figures as Record<"redis" | "postgres" | "carried", Figures>;
  report({
    bench: "doorbell",
    rows_per_second: RATE,
    redis_p50_ms: bells.p50,
    redis_p99_ms: bells.p99,
    postgres_p50_ms: postgres.p50,
    postgres_p99_ms: postgres.p99,
    baseline_p50_ms: carried.p50,
    baseline_p99_ms: carried.p99,
    cpu_ms_per_row: { redis: bells.cpuPerRow, postgres: postgres.cpuPerRow, baseline: carried.cpuPerRow },
    goal: "p99 under 200 ms",
    ok: bells.p99 < 200 && postgres.p99 < 200,
  });
});
