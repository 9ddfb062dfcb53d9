import { sql } from "kysely";
import { afterEach, expect, test } from "vitest";

import { expectProjected, monologue, onEachQueue, words } from "#tests/support/queues.ts";

import { createJobs, type Jobs } from "./jobs.ts";
import { openQueue } from "./queue.ts";
import { sweep } from "./sweep.ts";
import { startWork } from "./work.ts";

const WAIT = { timeout: 15_000, interval: 30 };

onEachQueue((queue) => {
  const failures: unknown[] = [];
  const failed = (error: unknown): void => void failures.push(error);
  const open: { close(): Promise<unknown> }[] = [];
  const opened = <One extends { close(): Promise<unknown> }>(one: One): One => {
    open.unshift(one);
    return one;
  };
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    expect(failures.splice(0)).toEqual([]);
  });

  const jobs = async (): Promise<Jobs> => opened(await createJobs(queue().place, failed));
  const works = async ({ submit }: Pick<Awaited<ReturnType<typeof monologue>>, "submit">) =>
    opened(await startWork(queue().place, { db: queue().db, submit, failed }));

  test("what is said is in the tables soon, however fast it comes", async () => {
    const alice = await monologue(queue().db, await jobs());
    await works(alice);

    await alice.say(...words(60));

    await expect.poll(alice.bodies, WAIT).toEqual(words(60));
    await expectProjected(queue().db);
  });

  test("what is retracted is compacted away", async () => {
    const alice = await monologue(queue().db, await jobs());
    await works(alice);
    await alice.say("swordfish");
    await alice.takeBack(0);

    await expect.poll(() => journalHolds(alice.document, "swordfish"), WAIT).toBe(false);
    await expect.poll(alice.bodies, WAIT).toEqual([""]);
    await expectProjected(queue().db);
  });

  test("jobs that come many times over, to two workers at once, change nothing", async () => {
    const alice = await monologue(queue().db, await jobs());
    await Promise.all([works(alice), works(alice)]);
    // Past everything that keeps a document from waiting twice.
    const naked = opened(openQueue(queue().place));

    for (const word of words(20)) {
      await alice.say(word);
      await Promise.all(
        words(5).map(() => naked.add("project", { document: alice.document }, { removeOnComplete: true })),
      );
    }
    await alice.takeBack(3);
    await Promise.all(words(5).map(() => naked.add("erase", { document: alice.document }, { removeOnComplete: true })));

    await expect
      .poll(async () => await naked.getJobCounts("waiting", "active", "delayed"), WAIT)
      .toEqual({ waiting: 0, active: 0, delayed: 0 });
    expect(await alice.bodies()).toEqual(words(20).with(3, ""));
    await expectProjected(queue().db);
  });

  test("jobs that are lost before anybody takes them are found by the sweeper, and later ones are done as ever", async () => {
    const alice = await monologue(queue().db, await jobs());
    const bob = await monologue(queue().db, await jobs());
    await alice.say(...words(20));
    await bob.say("swordfish");
    await bob.takeBack(0);
    const naked = opened(openQueue(queue().place));
    await expect.poll(() => naked.getWaitingCount(), WAIT).toBe(3);

    await queue().forget();
    await works(alice);
    await sweep({ db: queue().db, submit: alice.submit, failed });

    expect(await Promise.all([alice.bodies(), bob.bodies()])).toEqual([words(20), [""]]);
    expect(await journalHolds(bob.document, "swordfish")).toBe(false);
    await alice.say("and on");
    await expect.poll(alice.bodies, WAIT).toEqual([...words(20), "and on"]);
    await expectProjected(queue().db);
  });

  async function journalHolds(document: string, text: string): Promise<boolean> {
    const { rows } = await sql<{ found: boolean }>`
      select exists (
        select from (select update as bytes from journal where document = ${document} union all select state from snapshot where document = ${document}) b
        where position(${Buffer.from(text)}::bytea in bytes) > 0) as found`.execute(queue().db);
    return rows[0]?.found === true;
  }
});
