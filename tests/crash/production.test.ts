import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { MemberId } from "#shared/ids.ts";
import { startEmbeddedPostgres } from "#server/database/embedded.ts";
import { createDatabase } from "#server/database/pool.ts";
import { documentsBehind } from "#server/projections/behind.ts";
import { findWrongs } from "#tests/support/checker.ts";
import { makeChannel, signUp } from "#tests/support/first-steps.ts";
import { hasRedis, testRedis, type TestRedis } from "#tests/support/redis.ts";
import { createResilientWriter, type ResilientWriter } from "#tests/support/resilient-writer.ts";
import { channelDocument, entriesIn, reloaded } from "#tests/support/scribe.ts";
import { processesOf, startServer, temporaryInstallation, type ServerProcess } from "#tests/support/server-process.ts";
import { expectAsRebuilt } from "#tests/support/tables.ts";
import { until } from "#tests/support/until.ts";

/** As docker-compose.yml describes it: two of web and sync, a worker, PostgreSQL and Redis, each a process of its own. */
describe.skipIf(!hasRedis)("production", () => {
  const installation = temporaryInstallation();
  const folder = (name: string): string => join(installation.path, name);
  let postgres: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
  let redis: TestRedis;
  const servers: ServerProcess[] = [];

  beforeAll(async () => {
    mkdirSync(folder("database"));
    postgres = await startEmbeddedPostgres(folder("database"));
    redis = await testRedis();
  });
  afterAll(async () => {
    servers.forEach((server) => server.signal("SIGTERM"));
    await Promise.all(servers.map(({ exit }) => exit));
    await redis.close();
    await postgres.stop();
    installation.remove();
  });

  /** All share the secrets of the first. */
  function start(name: string, role: "web" | "worker"): ServerProcess {
    if (servers.length > 0) cpSync(folder("one/secrets"), folder(`${name}/secrets`), { recursive: true });
    const environment = { ROLE: role, DATABASE_URL: postgres.url, REDIS_URL: redis.url };
    const server = startServer({ dataDirectory: folder(name), environment });
    servers.push(server);
    return server;
  }

  test(
    "a node is killed, and Redis with it, while people write on both: they go on, and all is there once",
    { timeout: 120_000 },
    async () => {
      const first = await start("one", "web").open;
      const second = await start("two", "web").open;
      const worker = start("three", "worker");
      await until(() => worker.output().includes("The worker is running"));
      const alice = await signUp(first, "alice");
      const name = channelDocument(await makeChannel(second, alice.cookie));
      const writers = [createResilientWriter(name, alice, first), createResilientWriter(name, alice, second)] as const;

      const bothWrite = (round: string): void =>
        writers.forEach((writer, at) =>
          Array.from({ length: 40 }, (_, index) => writer.write(`${round} ${at} ${index}`)),
        );
      bothWrite("before");
      await until(() => writers.every(({ acknowledged }) => acknowledged.size > 0));
      await redis.kill();
      processesOf(folder("one")).forEach(({ pid }) => process.kill(pid, "SIGKILL"));
      bothWrite("meanwhile");
      writers[0].moveTo(second);
      await redis.start();
      await Promise.all(writers.map((writer) => writer.settled()));

      await expectAllThere(name, alice.person, writers);
    },
  );

  async function expectAllThere(name: string, author: MemberId, writers: readonly ResilientWriter[]): Promise<void> {
    const db = createDatabase(postgres.url, { size: 3 });
    const written = writers.flatMap((writer) => writer.written).toSorted();
    const idsIn = (doc: ResilientWriter["replica"]): readonly string[] =>
      entriesIn(doc, author)
        .map((entry) => (entry as { readonly id: string }).id)
        .toSorted();
    expect(idsIn(await reloaded(db, name))).toEqual(written);
    for (const { replica } of writers) await expect.poll(() => idsIn(replica), { timeout: 10_000 }).toEqual(written);
    writers.forEach((writer) => writer.end());
    await expect.poll(() => documentsBehind(db, 100), { timeout: 20_000 }).toEqual([]);
    expect(await findWrongs(db)).toEqual([]);
    await expectAsRebuilt(db);
    await db.destroy();
  }
});
