import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { hasRedis, testRedis, type TestRedis } from "#tests/support/redis.ts";
import { until } from "#tests/support/until.ts";

import { openDoorbell, type Doorbell, type Moved } from "./doorbell.ts";

let database: TestDatabase;
let redis: TestRedis | undefined;
const open: Doorbell[] = [];

beforeAll(async () => {
  database = await testDatabase();
  redis = hasRedis ? await testRedis() : undefined;
});
afterEach(async () => void (await Promise.all(open.splice(0).map((bell) => bell.close()))));
afterAll(async () => {
  await database.close();
  await redis?.close();
});

const DOOR = "channel:019a0000-0000-7000-8000-000000000001/1";
const channelOf = (incarnation: string): string => `folkmoot ${incarnation} journal`;

interface Door extends Doorbell {
  readonly heard: Moved[];
  readonly missed: () => number;
  readonly failures: unknown[];
}

for (const kind of ["PostgreSQL", "Redis"] as const)
  describe.skipIf(kind === "Redis" && !hasRedis)(`a doorbell in ${kind}`, () => {
    /** A node's end of it, which listens. */
    async function door(incarnation = "test.1"): Promise<Door> {
      const failures: unknown[] = [];
      const heard: Moved[] = [];
      let missed = 0;
      const bell = openDoorbell({
        db: database.db,
        databaseUrl: database.url,
        redisUrl: kind === "Redis" ? redis?.url : undefined,
        incarnation,
        failed: (error) => failures.push(error),
      });
      open.push(bell);
      await bell.listen({ heard: (moved) => heard.push(moved), missed: () => (missed += 1) });
      return { ...bell, heard, missed: () => missed, failures };
    }

    /** Somebody else rings, with whatever they like. */
    const shout = (payload: string): Promise<unknown> =>
      kind === "Redis"
        ? (redis as TestRedis).ask((connection) => connection.publish(channelOf("test.1"), payload))
        : sql`select pg_notify('journal', ${payload})`.execute(database.db);

    test("what one rings all hear, each document once for its last version", async () => {
      const [one, other] = await Promise.all([door(), door()]);
      await until(() => one.missed() + other.missed() === (kind === "Redis" ? 2 : 0));

      one.ring([
        { document: DOOR, version: 1 },
        { document: DOOR, version: 2 },
        { document: "user:somebody/1", version: 7 },
      ]);

      for (const { heard } of [one, other]) {
        await until(() => heard.length === 2);
        expect(heard).toEqual([
          { document: DOOR, version: 2 },
          { document: "user:somebody/1", version: 7 },
        ]);
      }
    });

    test("what is no bell is not heard", async () => {
      const one = await door();
      const nonsense = ["", " ", DOOR, `${DOOR} `, `${DOOR} -1`, `${DOOR} 1.5`, `${DOOR} 1e3`, `${DOOR} 1 2`, "{}"];
      const large = kind === "Redis" ? ["x".repeat(5_000_000), `${"x".repeat(101)} 1`, "\0 1 \0", "\u{ffff} NaN"] : [];
      for (const payload of [...nonsense, ...large, `${DOOR} ${"9".repeat(16)}`, `${DOOR} 3`]) await shout(payload);

      await until(() => one.heard.length > 0);
      expect(one.heard).toEqual([{ document: DOOR, version: 3 }]);
      expect(one.failures).toEqual([]);
    });
  });

describe.skipIf(!hasRedis)("a doorbell in Redis, on its own", () => {
  const place = (url: string) => ({ db: database.db, databaseUrl: database.url, redisUrl: url });

  test("nobody hears the bells of another incarnation that shares it", async () => {
    const { url } = redis as TestRedis;
    const heard: string[] = [];
    for (const incarnation of ["first.1", "first.2"]) {
      const bell = openDoorbell({ ...place(url), incarnation, failed: (error) => heard.push(String(error)) });
      open.push(bell);
      await bell.listen({ heard: ({ version }) => heard.push(`${incarnation} ${version}`), missed: () => undefined });
    }
    const [first, second] = open as [Doorbell, Doorbell];
    await until(() => {
      first.ring([{ document: DOOR, version: 1 }]);
      second.ring([{ document: DOOR, version: 2 }]);
      return new Set(heard).size > 1;
    });
    expect(new Set(heard)).toEqual(new Set(["first.1 1", "first.2 2"]));
  });

  test("it may be away, at the start too; whoever rings goes on, and all are told to look when it is back", async () => {
    const own = await testRedis();
    await own.kill();
    const failures: unknown[] = [];
    const heard: Moved[] = [];
    let missed = 0;
    const bell = openDoorbell({ ...place(own.url), incarnation: "test.1", failed: (error) => failures.push(error) });
    open.push(bell);

    await bell.listen({ heard: (moved) => heard.push(moved), missed: () => (missed += 1) });
    bell.ring([{ document: DOOR, version: 1 }]);
    expect([heard, missed]).toEqual([[], 0]);

    for (const life of [1, 2]) {
      await own.start();
      await until(() => missed === life);
      await until(() => {
        bell.ring([{ document: DOOR, version: life }]);
        return heard.at(-1)?.version === life;
      });
      await own.kill();
    }
    // Once for each of its two connections and each of the three times that it was away, at most.
    expect(failures.length).toBeLessThanOrEqual(6);
    await own.close();
  });
});
