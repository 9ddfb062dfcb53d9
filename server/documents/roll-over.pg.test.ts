import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { logDocument, SYS } from "#shared/documents/names.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import { mirrorKey, type Mirrored } from "#shared/entries/kinds/mirror.ts";
import { homeOf, type ChannelId, type CommunityId, type MemberId } from "#shared/ids.ts";
import { projectDocument } from "#server/projections/run.ts";
import { saying } from "#tests/attack/support/world.ts";
import { findWrongs } from "#tests/support/checker.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { about, channel, community, person, say } from "#tests/support/people.ts";
import { findMisprojected } from "#tests/support/projections-checker.ts";
import { channelDocument, entriesIn, reloaded, testNode } from "#tests/support/scribe.ts";

import { rollOver } from "./roll-over.ts";
import { SEGMENT_LIMITS } from "./segment-size.ts";
import { createVoice } from "./voice.ts";

let database: TestDatabase;
let alice: MemberId;
let bob: MemberId;

beforeAll(async () => {
  database = await testDatabase();
  [alice, bob] = [await person(database.db, "alice"), await person(database.db, "bob")];
});
afterAll(() => database.close());

const room = async (): Promise<ChannelId> =>
  channel(database.db, await community(database.db, { [alice]: "member", [bob]: "member" }));

const nodeOf = (limits: Partial<typeof SEGMENT_LIMITS>) =>
  testNode(database.db, Date.now, { limits: { ...SEGMENT_LIMITS, ...limits } });
type Node = ReturnType<typeof nodeOf>;

/** The segments of a log in their order, without those that hold nothing but that they were opened. */
async function segmentsOf(id: ChannelId) {
  return database.db
    .selectFrom("document")
    .select(["name", "closed", "opened_at", "entries", "bytes", "clients"])
    .where("channel_id", "=", id)
    .orderBy("segment")
    .execute();
}

/** Says something in the segment that a client knows, and goes on where it is told that the log does. */
async function sayIn(node: Node, id: ChannelId, who: MemberId, value: Entry, segment = 1): Promise<number> {
  const outcome = await node.take(await node.open(channelDocument(id, segment)), who, saying(who, [value]));
  if (outcome.kind === "refused" && outcome.head !== undefined) return sayIn(node, id, who, value, outcome.head);
  expect(outcome.kind).toBe("committed");
  return segment;
}

const bodiesIn = async (name: string, who: MemberId): Promise<unknown[]> =>
  entriesIn(await reloaded(database.db, name), who).map((entry) => (entry as { body?: unknown }).body);

test.each([
  ["entries", { entries: 6 }, (value: string) => [say(value), say(value)]],
  ["bytes", { bytes: 3_000 }, (value: string) => [say(value.padEnd(900, "."))]],
  ["clientIDs", { clients: 3 }, (value: string) => [say(value)]],
])("a log goes on in another segment when one holds so many %s", async (_what, limits, speak) => {
  const [node, id] = [nodeOf(limits), await room()];
  const first = await node.open(channelDocument(id));
  for (const word of ["one", "two", "three"]) {
    expect((await segmentsOf(id)).length).toBe(1);
    expect(await node.take(first, alice, saying(alice, speak(word)))).toMatchObject({ kind: "committed" });
    await node.committer.idle();
  }
  expect(await segmentsOf(id)).toMatchObject([{ closed: 2 }, { closed: null }]);

  const next = say("four");
  const refused = { kind: "refused", code: "segment-closed", head: 2 };
  expect(await node.take(first, alice, saying(alice, [next]))).toMatchObject(refused);
  expect(await sayIn(node, id, alice, next)).toBe(2);
  expect(entriesIn(first.doc, SYS).at(-1)).toMatchObject({ kind: "closed", head: 2 });
  expect(await findWrongs(database.db)).toEqual([]);
});

test("the next segment begins with the newest thing that was said, and never later than now", async () => {
  const [node, id] = [nodeOf({ entries: 2 }), await room()];
  const [early, ahead] = [say("early"), { ...say("ahead"), at: Date.now() + 60_000 }];
  await sayIn(node, id, alice, early);
  const before = Date.now();
  await sayIn(node, id, bob, ahead);
  await node.committer.idle();
  const opened = (await segmentsOf(id))[1]?.opened_at ?? 0;
  expect(opened).toBeGreaterThanOrEqual(before);
  expect(opened).toBeLessThanOrEqual(Date.now());
});

test("in the middle of a burst on two nodes nothing is lost or doubled, and each segment is closed once", async () => {
  const id = await room();
  const nodes = [nodeOf({ entries: 20 }), nodeOf({ entries: 20 })] as const;
  const said = Array.from({ length: 200 }, (_, index) => ({
    who: index % 3 === 0 ? bob : alice,
    value: say(`${index}`),
  }));
  await Promise.all(said.map(({ who, value }, index) => sayIn(nodes[index % 2] as Node, id, who, value)));
  await Promise.all(nodes.map(({ committer }) => committer.idle()));

  const segments = await segmentsOf(id);
  expect(segments.length).toBeGreaterThan(2);
  expect(segments.map(({ closed }) => closed)).toEqual([...segments.slice(1).map((_, index) => index + 2), null]);
  const heard = await Promise.all(
    segments.map(async ({ name }) => [...(await bodiesIn(name, alice)), ...(await bodiesIn(name, bob))]),
  );
  expect(
    heard
      .flat()
      .map(Number)
      .toSorted((a, b) => a - b),
  ).toEqual(said.map((_, index) => index));
  for (const { name } of segments) {
    const notes = entriesIn(await reloaded(database.db, name), SYS) as Entry[];
    expect(notes.filter(({ kind }) => kind === "closed")).toHaveLength(name === segments.at(-1)?.name ? 0 : 1);
  }
  expect(await findWrongs(database.db)).toEqual([]);
});

test("who sends again what an earlier segment took is told that it was, in that segment", async () => {
  const [node, id] = [nodeOf({ entries: 1 }), await room()];
  const value = say("once");
  await sayIn(node, id, alice, value);
  await node.committer.idle();
  const again = await node.take(await node.open(channelDocument(id)), alice, saying(alice, [value]));
  expect(again.kind).not.toBe("committed");
  expect(await sayIn(node, id, alice, value, 2)).toBe(2);
  expect(await bodiesIn(channelDocument(id, 2), alice), "its copy is not kept").toEqual([]);
});

describe("a home", () => {
  const nameOf = (me: MemberId, segment: number): string => logDocument("user", homeOf(me), segment);

  const write = async (node: Node, me: MemberId, segment: number, ...values: Entry[]) =>
    node.take(await node.open(nameOf(me, segment)), me, saying(me, values));

  /** What stands in a segment, shortly. */
  async function statesIn(me: MemberId, segment: number): Promise<readonly string[]> {
    const doc = await reloaded(database.db, nameOf(me, segment));
    return [...entriesIn(doc, me), ...entriesIn(doc, SYS)]
      .map((entry) => entry as Entry)
      .flatMap((entry) => {
        if (entry.kind === "draft") return [entry.body];
        if (entry.kind === "marker") return [`read up to ${entry.read}`];
        return entry.kind === "mirror" ? [mirrorKey(entry.shown)] : [];
      })
      .toSorted();
  }

  test("goes on with the states that stand, and what is said of them there counts", async () => {
    const [node, me] = [nodeOf({ entries: 8 }), await person(database.db, "carol")];
    const [one, two] = [await room(), await room()];
    const at = Date.now();
    const draft = (id: ChannelId, body: string, later: number): Entry => ({
      ...about("draft", { channel: id, body }),
      at: at + later,
    });
    await write(node, me, 1, draft(one, "an older word", 0), draft(two, "elsewhere", 1));
    await write(node, me, 1, draft(one, "a newer word", 2));
    for (const read of [1, 2, 3, 4, 5])
      await write(node, me, 1, { ...about("marker", { channel: two, read }), at: at + 2 + read });
    await node.committer.idle();
    expect(await statesIn(me, 2)).toEqual(["a newer word", "elsewhere", "read up to 5"]);

    await write(node, me, 2, draft(one, "the last word", 10));
    expect(await statesIn(me, 2)).toEqual(["elsewhere", "read up to 5", "the last word"]);
    expect(await statesIn(me, 1), "what is forgotten there lies nowhere else").toEqual([]);
    for (const segment of [1, 2]) await projectDocument(database.db, nameOf(me, segment));
    expect(await findWrongs(database.db)).toEqual([]);
    expect(await findMisprojected(database.db)).toEqual([]);
  });

  test("that is full again of nothing but its states stays where it is until as much was said again", async () => {
    const [node, me] = [nodeOf({ entries: 3 }), await person(database.db, "dave")];
    const rooms = await Promise.all(Array.from({ length: 5 }, room));
    for (const [index, id] of rooms.entries()) {
      const { length } = await segmentsOf(homeOf(me));
      await write(node, me, length, about("marker", { channel: id, read: index }));
      await node.committer.idle();
    }
    expect(await segmentsOf(homeOf(me))).toMatchObject([{ closed: 2 }, { closed: null, entries: 2 }]);
    expect(await statesIn(me, 2)).toHaveLength(5);
  });

  test("that goes on while the server speaks in it has its word in the new segment", async () => {
    const [node, me] = [nodeOf({}), await person(database.db, "erin")];
    const log = { kind: "user", id: homeOf(me) } as const;
    const membership = (community: string): Mirrored => ({
      of: "membership",
      community: community as CommunityId,
      role: "member",
    });
    const [here, there] = [uuid(), uuid()];
    let isRolled = false;
    const voice = createVoice(database.db, async (task) => {
      if (!isRolled && task.kind === "write" && task.document === nameOf(me, 1)) {
        isRolled = true;
        await rollOver({ db: database.db, ring: () => undefined }, log, 1, Date.now());
      }
      return node.committer.submit(task);
    });
    await createVoice(database.db, node.committer.submit).put(log, [membership(here)]);
    await voice.put(log, [membership(there)]);
    expect(await statesIn(me, 2)).toEqual([`membership/${here}`, `membership/${there}`].toSorted());
    expect([...(await voice.states(log)).keys()].toSorted()).toEqual(await statesIn(me, 2));
  });
});
