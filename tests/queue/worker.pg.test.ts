import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { sql } from "kysely";
import { afterAll, afterEach, expect, test } from "vitest";

import { createJobs } from "#server/jobs/jobs.ts";
import { openQueue } from "#server/jobs/queue.ts";
import { startWork } from "#server/jobs/work.ts";
import { expectProjected, monologue, onEachQueue, words } from "#tests/support/queues.ts";

const WAIT = { timeout: 20_000, interval: 30 };
const WORKER = join(import.meta.dirname, "../../server/worker.ts");

onEachQueue((queue) => {
  const folder = mkdtempSync(join(tmpdir(), "folkmoot-worker-"));
  const workers = new Set<ChildProcess>();
  const ignored = (): void => undefined;

  /** The real worker process, on this test's database and queue. */
  function startWorker(): ChildProcess {
    const { databaseUrl, redisUrl = "" } = queue().place;
    const environment = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, DATA_DIR: folder, LOG_LEVEL: "fatal" };
    const worker = spawn(process.execPath, [WORKER], {
      env: { ...process.env, ...environment },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    workers.add(worker);
    return worker;
  }

  async function kill(worker: ChildProcess): Promise<void> {
    workers.delete(worker);
    if (worker.exitCode !== null || worker.signalCode !== null) return;
    const gone = once(worker, "exit");
    worker.kill("SIGKILL");
    await gone;
  }

  afterEach(async () => void (await Promise.all([...workers].map(kill))));
  afterAll(() => rmSync(folder, { recursive: true }));

  test(
    "a worker that is killed again and again in the middle of its work ends at the same rows",
    { timeout: 90_000 },
    async () => {
      const jobs = await createJobs(queue().place, ignored);
      const alice = await monologue(queue().db, jobs);
      const said = words(3 * 41);
      for (let life = 0; life < 3; life += 1) {
        const worker = startWorker();
        const [first = "", ...others] = said.slice(life * 41, (life + 1) * 41);
        await alice.say(first);
        await expect.poll(alice.bodies, WAIT).toEqual(said.slice(0, life * 41 + 1)); // it works
        await alice.say(...others.slice(0, 20));
        const killed = kill(worker);
        await alice.say(...others.slice(20));
        await killed;
      }
      startWorker();

      await expect.poll(alice.bodies, WAIT).toEqual(said);
      await expectProjected(queue().db);
      await jobs.close();
    },
  );

  test("the job of a worker that was killed in the middle of it is given to another", { timeout: 90_000 }, async () => {
    const { db, place } = queue();
    const jobs = await createJobs(place, ignored);
    const naked = openQueue(place);
    const alice = await monologue(db, jobs);
    const worker = startWorker();
    const isActive = async (): Promise<boolean> =>
      (await naked.getActive()).some(({ data }) => data.document === alice.document);

    await db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`project ${alice.channel}`}, 0))`.execute(trx);
      await alice.say(...words(5));
      await expect.poll(isActive, WAIT).toBe(true);
      await kill(worker);
    });
    expect(await isActive()).toBe(true);

    // Nobody sweeps: it is the queue that notices.
    const work = await startWork(place, { db, submit: alice.submit, failed: ignored });
    await expect.poll(alice.bodies, { timeout: 40_000, interval: 100 }).toEqual(words(5));
    await expect.poll(isActive, WAIT).toBe(false);
    await expectProjected(db);
    await Promise.all([work, naked, jobs].map((one) => one.close()));
  });

  test(
    "a queue that forgets everything and breaks off, while people talk, loses nothing of what they say",
    { timeout: 90_000 },
    async () => {
      const jobs = await createJobs(queue().place, ignored);
      const alice = await monologue(queue().db, jobs);
      const worker = startWorker();
      const mishaps = [queue().forget, queue().crash, queue().forget, queue().crash, queue().forget];
      const said: string[] = [];
      for (const [round, mishap] of mishaps.entries()) {
        const next = words(30, `round ${round} word`);
        said.push(...next);
        await Promise.all([alice.say(...next), mishap()]);
      }
      await alice.takeBack(7);

      await expect.poll(alice.bodies, WAIT).toEqual(said.with(7, ""));
      await kill(worker);
      const bob = await monologue(queue().db, jobs);
      await bob.say(...words(10));
      await queue().forget();
      startWorker();
      await expect.poll(bob.bodies, WAIT).toEqual(words(10));
      await expectProjected(queue().db);
      await jobs.close();
    },
  );

  test("a queue that broke off and came back empty hands out jobs as before", { timeout: 90_000 }, async () => {
    const { db, place, crash } = queue();
    const jobs = await createJobs(place, ignored);
    const alice = await monologue(db, jobs);
    const work = await startWork(place, { db, submit: alice.submit, failed: ignored });
    await alice.say("before");
    await expect.poll(alice.bodies, WAIT).toEqual(["before"]);

    await crash();

    // Nobody sweeps. What is said while the connections come back may be lost to the queue, what follows may not.
    const said = ["before"];
    await expect
      .poll(
        async () => {
          said.push(`after ${said.length}`);
          await alice.say(said.at(-1) as string);
          return (await alice.bodies()).length;
        },
        { timeout: 30_000, interval: 200 },
      )
      .toBeGreaterThan(1);
    await expect.poll(alice.bodies, WAIT).toEqual(said);
    await expectProjected(db);
    await Promise.all([work, jobs].map((one) => one.close()));
  });

  test("a worker ends by itself when the process that started it is gone", async () => {
    const worker = startWorker();
    const gone = once(worker, "exit");

    worker.disconnect();

    await gone;
    expect(worker.exitCode).not.toBeNull();
  });
});
