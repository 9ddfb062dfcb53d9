import { sql, type Kysely, type RawBuilder } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from "vitest";
import type { Doc } from "yjs";

import type { ChannelId, CommunityId, MemberId } from "#shared/ids.ts";
import { createAuthority, type Authority } from "#server/communities/authority.ts";
import { createDatabase } from "#server/database/pool.ts";
import type { Database } from "#server/database/types.ts";
import { openDoorbell } from "#server/documents/doorbell.ts";
import { createVoice } from "#server/documents/voice.ts";
import { testDatabase } from "#tests/support/database.ts";
import { channel, community, person } from "#tests/support/people.ts";
import { hasRedis, testRedis, type TestRedis } from "#tests/support/redis.ts";
import { createResilientWriter, type ResilientWriter } from "#tests/support/resilient-writer.ts";
import { channelDocument, entriesIn } from "#tests/support/scribe.ts";
import { attach, INCARNATION, testSync, type Attached, type TestSync } from "#tests/support/sockets.ts";
import { expectAsRebuilt, projectAll } from "#tests/support/tables.ts";

import { expectSame } from "./agreement.ts";
import { crossed, type Mishap } from "./crossed-bells.ts";

/** Two sync nodes on one PostgreSQL, each with connections of its own, and a channel in which Alice moderates and Bob is a member. */
export interface Pair {
  readonly db: Kysely<Database>;
  /** Undefined where the bells ring in PostgreSQL. */
  readonly redis: TestRedis | undefined;
  readonly nodes: readonly [TestSync, TestSync];
  /** How roles are changed through the first node. */
  readonly authority: Authority;
  readonly alice: MemberId;
  readonly bob: MemberId;
  readonly home: CommunityId;
  readonly room: ChannelId;
  /** The room's document. */
  readonly name: string;
  /** What becomes of bells from here on. */
  cross(mishap: Mishap): void;
  /** Rings at the nodes' own doorbell, with whatever it likes. */
  shout(payload: string): Promise<unknown>;
  /** Both nodes lose their ears, and what rings until they have them again. */
  deafen(): Promise<void>;
  /** A stock client in the room. */
  sit(node: number, who: MemberId): Promise<Attached>;
  /** A client that sends again what it has no answer to. */
  writer(node: number, who: MemberId): ResilientWriter;
  urlOf(node: number): string;
  /** Fails unless replicas, both nodes, journal and projections say the same, soon. */
  agreed(...replicas: readonly Doc[]): Promise<void>;
}

export const NAME_OF_NODE = ["node-0", "node-1"] as const;

const doorbells = ["PostgreSQL", "Redis"] as const;
type Kind = (typeof doorbells)[number];

/** The same tests for each kind of doorbell; Redis' are skipped where none is installed. */
export function onEachDoorbell(tests: (pair: () => Pair, kind: Kind) => void): void {
  for (const kind of doorbells)
    describe.skipIf(kind === "Redis" && !hasRedis)(`two nodes whose doorbell is in ${kind}`, () => {
      let pair: OpenPair;
      beforeAll(async () => void (pair = await openPair(kind === "Redis" ? await testRedis() : undefined)));
      beforeEach(() => pair.newRoom());
      afterEach(() => pair.clear());
      afterAll(() => pair.close());
      tests(() => pair, kind);
    });
}

interface OpenPair extends Pair {
  newRoom(): Promise<void>;
  clear(): void;
  close(): Promise<void>;
}

async function openPair(redis: TestRedis | undefined): Promise<OpenPair> {
  const database = await testDatabase();
  const { db } = database;
  let mishap: Mishap = "none";
  const opened: { end(): void }[] = [];
  const stops: (() => Promise<void>)[] = [];
  const nodes = [await openNode(0), await openNode(1)] as const;
  const authority = createAuthority({
    db,
    target: createVoice(db, nodes[0].sync.committer.submit),
    failed: (error) => nodes[0].failures.push(error),
  });
  const [alice, bob] = [await person(db, "alice"), await person(db, "bob")];
  let home: CommunityId;
  let room: ChannelId;

  async function openNode(number: 0 | 1): Promise<TestSync> {
    const url = `${database.url}&application_name=${NAME_OF_NODE[number]}`;
    const own = createDatabase(url, { size: 6 });
    const place = {
      db: own,
      databaseUrl: url,
      redisUrl: redis?.url,
      incarnation: INCARNATION,
      failed: () => undefined,
    };
    const node = await testSync(own, url, {
      doorbell: crossed(openDoorbell(place), () => mishap, number),
      isSameSite: () => true,
      findSession: async ({ headers }) => {
        const who = (headers["x-person"] ?? headers.cookie) as MemberId | undefined;
        return who === undefined ? undefined : { handle: who, person: who };
      },
    });
    stops.push(async () => {
      await node.close();
      await own.destroy();
    });
    return node;
  }

  const node = (number: number): TestSync => nodes[number] as TestSync;
  const urlOf = (number: number): string => node(number).url.replace("/collab", "");
  const noted = <One extends { end(): void }>(one: One): One => {
    opened.push(one);
    return one;
  };

  const pair: OpenPair = {
    db,
    redis,
    nodes,
    authority,
    alice,
    bob,
    urlOf,
    get home() {
      return home;
    },
    get room() {
      return room;
    },
    get name() {
      return channelDocument(room);
    },
    cross: (next) => void (mishap = next),
    shout: (payload) =>
      redis === undefined
        ? sql`select pg_notify('journal', ${payload})`.execute(db)
        : redis.ask((connection) => connection.publish(`folkmoot ${INCARNATION} journal`, payload)),
    deafen: () => deafen(db, redis),
    async sit(number, who) {
      const seat = noted(attach(node(number).url, who, pair.name));
      await seat.until(() => seat.provider.synced);
      return seat;
    },
    writer: (number, who) => noted(createResilientWriter(pair.name, { person: who, cookie: who }, urlOf(number))),
    async agreed(...replicas) {
      const newcomers = await Promise.all([pair.sit(0, alice), pair.sit(1, alice)]);
      await expectSame(db, pair.name, [...replicas, ...newcomers.map(({ doc }) => doc)]);
      await projectAll(db);
      await expectAsRebuilt(db);
    },
    async newRoom() {
      home = await community(db, { [alice]: "owner", [bob]: "member" });
      room = await channel(db, home);
    },
    clear() {
      mishap = "none";
      opened.splice(0).forEach((one) => one.end());
      expect(nodes.flatMap(({ failures }) => failures.splice(0))).toEqual([]);
    },
    async close() {
      await Promise.all(stops.map((stop) => stop()));
      await redis?.close();
      await database.close();
    },
  };
  return pair;
}

/** The killed connections come back by themselves, and so does Redis. */
async function deafen(db: Kysely<Database>, redis: TestRedis | undefined): Promise<void> {
  // They may just be coming back from the last time.
  if (redis === undefined)
    return expect.poll(() => hangUp(db, sql`query like '%listening: journal%'`), { timeout: 5_000 }).toBeGreaterThan(0);
  await redis.kill();
  await redis.start();
}

/** Ends connections to the database, as a broken network would. Answers how many. */
export async function hangUp(db: Kysely<Database>, which: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and ${which}`.execute(db);
  return rows.length;
}

/** What somebody has said in a document, in its order. */
export const bodiesIn = (doc: Doc, who: MemberId): readonly string[] =>
  entriesIn(doc, who).map((entry) => (entry as { readonly body: string }).body);
