import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { MemberId } from "#shared/ids.ts";
import { about, say } from "#tests/support/people.ts";
import { channelDocument, entriesIn, reloaded, testNode } from "#tests/support/scribe.ts";

import { any, forged } from "./support/forge.ts";
import { freshClient, openWorld, saying, type Room, type World } from "./support/world.ts";

let world: World;
let room: Room;
let mallory: MemberId;

beforeAll(async () => {
  world = await openWorld();
  mallory = world.mallory;
});
afterAll(() => world.close());
beforeEach(async () => void (room = await world.room()));

const at = (client: number, clock: number, ...values: readonly unknown[]): Uint8Array =>
  saying(mallory, values, client, clock);

test("frames of one batch see one another: ids, clocks and what was refused before them", async () => {
  const [one, other] = [freshClient(), freshClient()];
  const said = say("once");
  const outcomes = await Promise.all([
    room.take(mallory, at(one, 0, say("x".repeat(8_001)))),
    room.take(mallory, at(one, 1, say("behind the refused"))),
    room.take(mallory, at(one, 0, said)),
    room.take(mallory, at(other, 0, said)),
    room.take(mallory, at(other, 1, { ...said, body: "twice" })),
    room.take(mallory, at(other, 2, say("behind the reused"))),
    room.take(mallory, at(one, 0, say("fork"))),
    room.take(world.bob, saying(world.bob, [say("foreign")], one, 1)),
    room.take(mallory, at(one, 1, say("goes on"))),
  ]);
  expect(outcomes).toMatchObject([
    { code: "invalid" },
    { kind: "behind" },
    { kind: "committed" },
    { kind: "committed" },
    { code: "id-reused" },
    { kind: "behind" },
    { code: "fork" },
    { code: "foreign-client" },
    { kind: "committed" },
  ]);
  expect(entriesIn(room.live.doc, mallory)).toHaveLength(2);
});

test("two people who claim one clientID at once: the first has it", async () => {
  const client = freshClient();
  const outcomes = await Promise.all([
    room.take(mallory, at(client, 0, say("mine"))),
    room.take(world.bob, saying(world.bob, [say("no, mine")], client)),
    room.take(world.bob, saying(world.bob, [say("mine all the same")], client, 1)),
  ]);
  expect(outcomes).toMatchObject([{ kind: "committed" }, { code: "fork" }, { code: "foreign-client" }]);
});

test("two people who claim one clientID on two nodes at once: one has it, and both nodes say the same", async () => {
  const elsewhere = testNode(world.database.db);
  const there = await elsewhere.open(room.live.name);
  const client = freshClient();
  const outcomes = await Promise.all([
    room.take(mallory, at(client, 0, say("mine"))),
    elsewhere.take(there, world.bob, saying(world.bob, [say("no, mine")], client)),
  ]);
  expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(["committed", "refused"]);
  await room.take(mallory, saying(mallory, [say("and on")]));
  await elsewhere.take(there, world.bob, saying(world.bob, [say("and on")]));
  await room.take(mallory, saying(mallory, [say("and on")]));
  expect(there.bindings.get(client)).toBe(room.live.bindings.get(client));
  expect(elsewhere.failures).toEqual([]);
});

test("an id that two of one's devices use at once has one value", async () => {
  const elsewhere = testNode(world.database.db);
  const there = await elsewhere.open(room.live.name);
  const said = say("one");
  const outcomes = await Promise.all([
    room.take(mallory, saying(mallory, [said])),
    elsewhere.take(there, mallory, saying(mallory, [{ ...said, body: "other" }])),
  ]);
  expect(outcomes.map((outcome) => ("code" in outcome ? outcome.code : outcome.kind)).toSorted()).toEqual([
    "committed",
    "id-reused",
  ]);
  await room.take(world.bob, saying(world.bob, [say("and on")]));
});

test("said, edited and retracted in one frame, in any order, leaves nothing behind", async () => {
  for (const order of [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ]) {
    const said = say("swordfish");
    const of = { author: mallory, id: said.id };
    const parts = [said, about("edit", { of, body: "swordfish too" }), about("retract", { of })];
    expect(
      await room.take(
        mallory,
        saying(
          mallory,
          order.map((index) => parts[index]),
        ),
      ),
    ).toMatchObject({ kind: "committed" });
  }
  const journal = await world.database.db
    .selectFrom("journal")
    .select("update")
    .where("document", "=", room.live.name)
    .execute();
  expect(Buffer.concat(journal.map(({ update }) => Buffer.from(update))).toString("latin1")).not.toContain("swordfish");
});

test("said, edited and retracted in three frames at once leaves nothing behind in the document", async () => {
  const said = say("swordfish");
  const of = { author: mallory, id: said.id };
  await Promise.all([
    room.take(mallory, saying(mallory, [about("edit", { of, body: "swordfish first" })])),
    room.take(mallory, saying(mallory, [said])),
    room.take(mallory, saying(mallory, [about("retract", { of }), about("edit", { of, body: "swordfish then" })])),
    room.take(mallory, saying(mallory, [about("edit", { of, body: "swordfish last" })])),
    room.take(mallory, saying(mallory, [said])),
  ]);
  expect(JSON.stringify(entriesIn(room.live.doc, mallory))).not.toContain("swordfish");
  expect(JSON.stringify(entriesIn(await reloaded(world.database.db, room.live.name), mallory))).not.toContain(
    "swordfish",
  );
});

test("a row that is held elsewhere makes its own frames wait, and answers them", async () => {
  const quiet = await world.room();
  const frames = await world.database.db.transaction().execute(async (trx) => {
    await sql`select 1 from document where name = ${room.live.name} for update`.execute(trx);
    const held = room.take(mallory, saying(mallory, [say("held up")]));
    const free = quiet.take(world.bob, saying(world.bob, [say("not held up")]));
    return [await held, await free];
  });
  expect(frames).toMatchObject([{ code: "overload", retryAfter: 2_000 }, { kind: "committed" }]);
  expect(world.node.failures.splice(0)).toHaveLength(2);
  expect(await room.take(mallory, saying(mallory, [say("free again")]))).toMatchObject({ kind: "committed" });
});

test("many large frames at once are committed in several batches, so that nobody waits for all of them", async () => {
  const rooms = [room, await world.room(), await world.room(), await world.room()];
  const large = (): unknown[] => Array.from({ length: 800 }, (_, index) => say(String(index)));
  const outcomes = await Promise.all(
    [...rooms, ...rooms].flatMap((one) => [
      one.take(mallory, saying(mallory, large())),
      one.take(world.bob, saying(world.bob, [say("hi")])),
    ]),
  );
  expect(outcomes.map(({ kind }) => kind)).toEqual(outcomes.map(() => "committed"));
  const { rows } = await sql<{ batches: number }>`
    select count(distinct xmin::text) as batches from journal where document = any(${rooms.map(({ live }) => live.name)})`.execute(
    world.database.db,
  );
  expect(rows[0]?.batches).toBe(2);
});

test("a frame for a document that is gone is answered as one for a document that never was", async () => {
  const gone = await world.room();
  await world.database.db.deleteFrom("document").where("name", "=", gone.live.name).execute();
  expect(await gone.take(mallory, saying(mallory, [say("anybody?")]))).toEqual({ kind: "no-such-document" });
  await expect(world.node.open(channelDocument(gone.id))).resolves.toBe(gone.live);
});

test("a member does not go on where the server wrote in their name", async () => {
  const write = (body: string) =>
    world.node.committer.submit({
      kind: "write",
      document: room.live.name,
      entries: [{ author: mallory, entry: say(body) }],
    });
  expect(await write("brought along")).toMatchObject({ kind: "committed" });
  const [pen] = [...room.live.bindings].find(([, owner]) => owner === mallory) as [number, MemberId];
  await room.refuses(
    "foreign-client",
    mallory,
    forged(pen, 1, any([say("my own")], { origin: { client: pen, clock: 0 } })),
  );

  expect(
    await room.take(mallory, forged(freshClient(), 0, any([say("behind it")], { origin: { client: pen, clock: 0 } }))),
  ).toMatchObject({ kind: "committed" });
  expect(await write("brought along too")).toMatchObject({ kind: "committed" });
  expect(entriesIn(room.live.doc, mallory)).toHaveLength(3);
});
