import { afterAll, beforeAll, expect, test } from "vitest";
import pg from "pg";

import type { CommunityId } from "#shared/ids.ts";
import { fail, ok } from "#shared/result.ts";
import { createVoice, type Voice } from "#server/documents/voice.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { channel, community, join, person } from "#tests/support/people.ts";
import { testNode } from "#tests/support/scribe.ts";

import { createAuthority } from "./authority.ts";

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.close());

/** A node of the server, with documents that it may or may not be able to write. */
function node(now?: () => number) {
  const { committer } = testNode(database.db, now);
  const voice = createVoice(database.db, committer.submit, now);
  const failures: unknown[] = [];
  let isBroken = false;
  const broken = () => Promise.reject(new Error("the disk is full"));
  const target: Voice = {
    states: voice.states,
    put: (log, shown) => (isBroken ? broken() : voice.put(log, shown)),
    say: (log, entries) => (isBroken ? broken() : voice.say(log, entries)),
  };
  const authority = createAuthority({ db: database.db, target, failed: (error) => failures.push(error) });
  return { authority, voice, failures, breaks: (on: boolean) => void (isBroken = on) };
}

test("a command that fails has changed nothing and told nobody", async () => {
  const { authority, voice } = node();
  const id = await community(database.db);
  const outcome = await authority.change(async (trx, consequences) => {
    await trx.updateTable("community").set({ name: "Undone" }).where("id", "=", id).execute();
    consequences.community(id);
    return fail({ kind: "forbidden" });
  });

  expect(outcome).toEqual({ ok: false, problem: { kind: "forbidden" } });
  expect(
    (await database.db.selectFrom("community").select("name").where("id", "=", id).executeTakeFirstOrThrow()).name,
  ).toBe("Northern Networks");
  expect(await voice.states({ kind: "community", id })).toEqual(new Map());
});

test("what could not be shown is still changed, stays due, and is shown by whoever sweeps", async () => {
  const { authority, voice, failures, breaks } = node();
  const alice = await person(database.db, "alice");
  const id = await community(database.db, { [alice]: "owner" });
  const support = await channel(database.db, id, { private: true, inside: [alice] });
  breaks(true);
  const change = await authority.change(async (_trx, consequences) => {
    consequences.community(id);
    consequences.people(alice);
    consequences.say({ kind: "channel", id: support }, { kind: "joined", member: alice });
    return ok("changed");
  });

  expect(change).toEqual({ ok: true, value: "changed" });
  expect(failures).toHaveLength(3);
  await expect(authority.sweep()).rejects.toThrow("the disk is full");

  const other = node();
  await other.authority.sweep();
  await other.authority.sweep();
  expect([...(await voice.states({ kind: "community", id })).keys()]).toEqual([`community/${id}`]);
  expect([...(await voice.states({ kind: "user", id: alice as never })).keys()].toSorted()).toEqual([
    `channel/${support}`,
    `membership/${id}`,
  ]);
  const notices = await database.db
    .selectFrom("entry_key")
    .select("kind")
    .where("channel", "=", support)
    .where("kind", "=", "joined")
    .execute();
  expect(notices).toHaveLength(1);
  expect(await database.db.selectFrom("mirror_due").selectAll().execute()).toEqual([]);
  expect(await database.db.selectFrom("notice_due").selectAll().execute()).toEqual([]);
});

test("nothing is written where nothing differs", async () => {
  const { authority } = node();
  const id = await community(database.db);
  const touch = () =>
    authority.change(async (_trx, consequences) => {
      consequences.community(id);
      return ok(undefined);
    });
  const version = async () =>
    (await database.db.selectFrom("document").select("version").where("channel_id", "=", id).executeTakeFirstOrThrow())
      .version;

  await touch();
  const once = await version();
  await touch();
  expect(await version()).toBe(once);
});

test("after any interleaving of changes on two nodes with different clocks, the document shows the tables", async () => {
  const nodes = [node(), node(() => Date.now() - 60_000)] as const;
  const id = await community(database.db);
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      nodes[index % 2 === 0 ? 0 : 1].authority.change(async (trx, consequences) => {
        await trx
          .updateTable("community")
          .set({ name: `Name ${index}` })
          .where("id", "=", id)
          .execute();
        consequences.community(id);
        return ok(undefined);
      }),
    ),
  );
  await nodes[0].authority.sweep();

  const { name } = await database.db
    .selectFrom("community")
    .select("name")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  expect((await nodes[0].voice.states({ kind: "community", id })).get(`community/${id}`)).toMatchObject({ name });
  expect(nodes.flatMap(({ failures }) => failures)).toEqual([]);
  expect(await database.db.selectFrom("mirror_due").selectAll().execute()).toEqual([]);
});

test("two commands in each other's way both come about", async () => {
  const { authority } = node();
  const [one, other] = [await community(database.db), await community(database.db)];
  let arrived = 0;
  let release: () => void;
  const both = new Promise<void>((resolve) => (release = resolve));
  const crossing = (first: CommunityId, second: CommunityId) =>
    authority.change(async (trx) => {
      await trx.updateTable("community").set({ hue: 1 }).where("id", "=", first).execute();
      arrived += 1;
      if (arrived === 2) release();
      if (arrived <= 2) await both;
      await trx.updateTable("community").set({ hue: 2 }).where("id", "=", second).execute();
      return ok(undefined);
    });

  expect(await Promise.all([crossing(one, other), crossing(other, one)])).toEqual([
    { ok: true, value: undefined },
    { ok: true, value: undefined },
  ]);
});

test("every node hears of a change when it is committed, of a large one in several rings", async () => {
  const { authority } = node();
  const listener = new pg.Client(database.url);
  await listener.connect();
  await listener.query("listen authority");
  const heard: { people: string[]; sessions: string[] }[] = [];
  const people = await Promise.all(Array.from({ length: 4 }, (_, index) => person(database.db, `crowd${index}`)));
  const id = await community(database.db);
  for (const one of people) await join(database.db, id, one, "member");

  const many = Array.from({ length: 400 }, () => crypto.randomUUID());
  const complete = new Promise<void>((resolve) => {
    listener.on("notification", ({ payload }) => {
      heard.push(JSON.parse(payload ?? ""));
      if (heard.flatMap(({ sessions }) => sessions).length === many.length) resolve();
    });
  });
  await authority.change(async (_trx, consequences) => {
    consequences.people(...people);
    consequences.sessionsEnded(...many);
    return ok(undefined);
  });
  await complete;

  expect(heard.flatMap(({ people: told }) => told).toSorted()).toEqual(people.toSorted());
  expect(heard.flatMap(({ sessions }) => sessions)).toEqual(many);
  await listener.end();
});
