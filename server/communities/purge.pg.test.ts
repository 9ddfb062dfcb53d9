import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";

import type { CommunityId } from "#shared/ids.ts";
import { kindOf, testApi, valueOf, type Browser, type TestApi } from "#tests/support/api.ts";
import { projectAll } from "#tests/support/tables.ts";

import { purgeDue } from "./purge.ts";

let world: TestApi;
let alice: Browser;
let failures: unknown[];

beforeAll(async () => {
  world = await testApi();
  alice = await world.person("Alice");
});
afterAll(() => world.close());
beforeEach(() => {
  failures = [];
});

const tools = () => ({
  db: world.db,
  authority: world.authority,
  failed: (error: unknown) => void failures.push(error),
});

/** A community with this many messages that is going to be deleted at some time from now, in ms. */
async function doomed(name: string, within: number, messages = 0): Promise<CommunityId> {
  const { id } = valueOf(await alice.api.createCommunity({ name }));
  const [channel] = valueOf(await alice.api.channels({ id })).channels;
  for (let n = 0; n < messages; n += 1)
    valueOf(await alice.api.sendMessage({ id: channel?.id as never, body: `message ${n}` }));
  await projectAll(world.db);
  valueOf(await alice.api.deleteCommunity({ id, name }));
  await sql`update community set delete_at = clock_timestamp() + ${`${within} ms`}::interval where id = ${id}`.execute(
    world.db,
  );
  return id;
}

const isThere = async (id: CommunityId): Promise<boolean> =>
  (await world.db.selectFrom("community").select("id").where("id", "=", id).execute()).length > 0;

test("what is kept after the purge has seen that it is due stays as it was", async () => {
  const id = await doomed("Kept", -1);
  const { authority } = world;
  const late: typeof authority = {
    ...authority,
    async change(command) {
      await sql`update community set delete_at = null where id = ${id}`.execute(world.db);
      return authority.change(command);
    },
  };
  await purgeDue({ ...tools(), authority: late });
  expect(valueOf(await alice.api.community({ id })).name).toBe("Kept");
});

test("whoever keeps a community while its day comes is told that it is too late", async () => {
  const id = await doomed("Late", 300);
  let answer: Promise<string> | undefined;
  await world.db.transaction().execute(async (trx) => {
    await sql`select from community where id = ${id} for update`.execute(trx);
    answer = alice.api.keepCommunity({ id }).then(kindOf);
    const isDue = async () => {
      const { rows } = await sql<{ due: boolean }>`
        select delete_at <= clock_timestamp() as due from community where id = ${id}`.execute(world.db);
      return rows[0]?.due;
    };
    await expect.poll(isDue).toBe(true);
  });
  expect(await answer).toBe("not-waiting");
});

test("a server whose clock is late keeps nothing that the purge already takes", async () => {
  const id = await doomed("Clocks", -1);
  const late = Date.now() - 60_000;
  const clock = vi.spyOn(Date, "now").mockReturnValue(late);
  const answer = await alice.api.keepCommunity({ id }).finally(() => clock.mockRestore());
  expect(kindOf(answer)).toBe("not-waiting");
  await purgeDue(tools());
  expect(await isThere(id)).toBe(false);
});

test("a community that cannot be deleted is told, and keeps no other one from it", async () => {
  const [stuck, other] = [await doomed("Stuck", -2), await doomed("Other", -1)];
  await sql`create table anchor (community uuid references community)`.execute(world.db);
  await sql`insert into anchor values (${stuck})`.execute(world.db);
  await purgeDue(tools());
  expect([await isThere(stuck), await isThere(other)]).toEqual([true, false]);
  expect(failures).toEqual([
    expect.objectContaining({
      message: expect.stringContaining("Stuck"),
      cause: expect.objectContaining({ message: expect.stringContaining("anchor") }),
    }),
  ]);

  await sql`drop table anchor`.execute(world.db);
  await purgeDue(tools());
  expect(await isThere(stuck)).toBe(false);
});

test("a large channel is forgotten in pieces, and the next call goes on where one was stopped", async () => {
  const id = await doomed("Large", -1, 12);
  const left = async () => {
    const { rows } = await sql<{ messages: number }>`
      select count(*) as messages from message m join channel c on c.id = m.channel where c.community_id = ${id}`.execute(
      world.db,
    );
    return rows[0]?.messages;
  };
  await sql
    .raw(`create function stumble() returns trigger language plpgsql as
    $$ begin if old.body = 'message 7' then raise 'stumbled'; end if; return old; end $$`)
    .execute(world.db);
  await sql`create trigger stumble before delete on message for each row execute function stumble()`.execute(world.db);
  await purgeDue({ ...tools(), atOnce: 2 });
  expect(failures).toHaveLength(1);
  expect(await left()).toBeGreaterThan(0);
  expect(await left()).toBeLessThan(12);

  await sql`drop trigger stumble on message`.execute(world.db);
  await purgeDue({ ...tools(), atOnce: 2 });
  expect([await isThere(id), failures.length]).toEqual([false, 1]);
});

test("whoever stops ends with the piece that is being done", async () => {
  const id = await doomed("Stopped", -1, 3);
  await purgeDue({ ...tools(), stop: AbortSignal.abort() });
  expect(await isThere(id)).toBe(true);
  expect(failures).toEqual([]);
});
