import { sql } from "kysely";
import { expect, test } from "vitest";

import type { ResilientWriter } from "#tests/support/resilient-writer.ts";
import { until } from "#tests/support/until.ts";

import { withRowLocked } from "./support/locks.ts";
import { bodiesIn, hangUp, NAME_OF_NODE, onEachDoorbell, type Pair } from "./support/pair.ts";

/** How a batch of one node may fail in the database while the other node's go through. Each answers how it is mended. */
const failures = {
  "fail at a statement": ({ db }: Pair) => failAt(db, "trigger fails after insert"),
  "fail at the commit": ({ db }: Pair) =>
    failAt(db, "constraint trigger fails after insert", "deferrable initially deferred"),
} as const;

async function failAt(db: Pair["db"], trigger: string, when = ""): Promise<() => Promise<void>> {
  await sql`
    create function fail() returns trigger language plpgsql as $$ begin
      if current_setting('application_name') = '${sql.raw(NAME_OF_NODE[0])}' then raise exception 'the disk is full'; end if;
      return null;
    end $$`.execute(db);
  await sql`create ${sql.raw(trigger)} on journal ${sql.raw(when)} for each row execute function fail()`.execute(db);
  return async () => void (await sql`drop function fail() cascade`.execute(db));
}

const write = (writer: ResilientWriter, count: number, what: string): void =>
  Array.from({ length: count }, (_, index) => `${what} ${index}`).forEach(writer.write);

onEachDoorbell((pair) => {
  test.for(Object.keys(failures) as (keyof typeof failures)[])(
    "batches that %s on one node are told so, harm nobody on the other, and go through later",
    async (kind) => {
      const { writer, agreed, nodes, alice, bob } = pair();
      const [frail, sound] = [writer(0, alice), writer(1, bob)];
      write(frail, 30, "before");
      write(sound, 30, "before");
      await Promise.all([frail.settled(), sound.settled()]);

      const mend = await failures[kind](pair());
      write(frail, 30, "meanwhile");
      write(sound, 30, "meanwhile");
      await sound.settled();
      await until(() => nodes[0].failures.length > 0);
      expect(frail.acknowledged.size).toBe(30);
      await mend();
      await frail.settled();

      expect(nodes[0].failures.splice(0).every((error) => String(error).includes("the disk is full"))).toBe(true);
      await agreed(frail.replica, sound.replica);
      expect(bodiesIn(frail.replica, alice)).toHaveLength(60);
    },
  );

  test("connections that break in the middle of commits lose and double nothing", async () => {
    const { writer, agreed, nodes, alice, bob, db } = pair();
    const [frail, sound] = [writer(0, alice), writer(1, bob)];
    for (let round = 1; round <= 6; round += 1) {
      write(frail, 40, `round ${round}`);
      write(sound, 40, `round ${round}`);
      const seen = frail.acknowledged.size;
      await until(() => frail.acknowledged.size > seen);
      await hangUp(db, sql`application_name = ${NAME_OF_NODE[0]}`);
    }
    await Promise.all([frail.settled(), sound.settled()]);

    nodes[0].failures.splice(0);
    await agreed(frail.replica, sound.replica);
    for (const [replica, who] of [
      [frail.replica, alice],
      [sound.replica, bob],
    ] as const)
      expect(new Set(bodiesIn(replica, who)).size).toBe(240);
  });

  test("a document whose row is locked for long is busy on both nodes, and no word is lost", async () => {
    const { writer, agreed, nodes, alice, bob, db, name } = pair();
    const writers = [writer(0, alice), writer(1, bob)];
    await withRowLocked(db, name, async () => {
      writers.forEach((one) => write(one, 10, "patience"));
      await until(() => nodes.every(({ failures: told }) => told.length > 0));
    });
    await Promise.all(writers.map((one) => one.settled()));

    expect(nodes.flatMap((node) => node.failures.splice(0)).every((error) => /lock timeout/.test(String(error)))).toBe(
      true,
    );
    await agreed(...writers.map(({ replica }) => replica));
  });
});
