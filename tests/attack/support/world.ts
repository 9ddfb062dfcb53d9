import { createHash } from "node:crypto";

import { sql } from "kysely";
import { expect } from "vitest";
import { encodeStateAsUpdate } from "yjs";

import { logName } from "#shared/documents/names.ts";
import type { ChannelId, CommunityId, MemberId } from "#shared/ids.ts";
import type { RefusalCode } from "#shared/protocol/refusals.ts";
import { catchUp, type Live } from "#server/documents/live.ts";
import type { Outcome } from "#server/documents/task.ts";
import { findWrongs } from "#tests/support/checker.ts";
import { findMisprojected } from "#tests/support/projections-checker.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { channel, community, person } from "#tests/support/people.ts";
import { channelDocument, testNode, type TestNode } from "#tests/support/scribe.ts";

import { any, forged, type Place } from "./forge.ts";

/** One community with a room. Alice moderates; Bob and Mallory are members; a guest may read. */
export interface World {
  readonly database: TestDatabase;
  readonly node: TestNode;
  readonly home: CommunityId;
  readonly alice: MemberId;
  readonly bob: MemberId;
  readonly mallory: MemberId;
  readonly guest: MemberId;
  /** A new room, open on the node. */
  room(options?: Parameters<typeof channel>[2]): Promise<Room>;
  /** Ends it, when all that was ever open in it is sound, and the worker makes the right tables of it. */
  close(): Promise<void>;
}

export interface Room {
  readonly id: ChannelId;
  readonly live: Live;
  take(sender: MemberId, bytes: Uint8Array, step2?: boolean): Promise<Outcome>;
  /** What the bytes come to; fails where they left a trace in memory or tables. */
  harmless(sender: MemberId, bytes: Uint8Array, step2?: boolean): Promise<Outcome>;
  /** The same, where the answer must be this refusal. */
  refuses(code: RefusalCode, sender: MemberId, bytes: Uint8Array, step2?: boolean): Promise<void>;
}

export async function openWorld(): Promise<World> {
  const database = await testDatabase();
  const { db } = database;
  const node = testNode(db);
  const names = ["alice", "bob", "mallory", "guest"] as const;
  const [alice, bob, mallory, guest] = (await Promise.all(names.map((name) => person(db, name)))) as [
    MemberId,
    MemberId,
    MemberId,
    MemberId,
  ];
  const home = await community(db, { [alice]: "moderator", [bob]: "member", [mallory]: "member", [guest]: "guest" });
  const lives: Live[] = [];

  async function traces(live: Live) {
    const { rows } = await sql`
      select d.version, d.closed, d.erase_due,
        (select count(*) from journal where document = d.name) as rows,
        (select count(*) from client where document = d.name) as clients,
        (select count(*) from entry_key where channel = d.channel_id) as keys
      from document d where d.name = ${live.name}`.execute(db);
    return {
      tables: rows,
      bindings: live.bindings.size,
      roots: live.doc.share.size,
      doc: digestOf(encodeStateAsUpdate(live.doc)),
    };
  }

  function roomOf(id: ChannelId, live: Live): Room {
    const take = (sender: MemberId, bytes: Uint8Array, step2 = false): Promise<Outcome> =>
      node.take(live, sender, bytes, step2);
    const harmless = async (sender: MemberId, bytes: Uint8Array, step2 = false): Promise<Outcome> => {
      const before = await traces(live);
      const outcome = await take(sender, bytes, step2);
      expect(await traces(live)).toEqual(before);
      expect(node.failures.splice(0)).toEqual([]);
      return outcome;
    };
    return {
      id,
      live,
      take,
      harmless,
      async refuses(code, sender, bytes, step2 = false) {
        expect(await harmless(sender, bytes, step2)).toMatchObject({ kind: "refused", code });
      },
    };
  }

  return {
    database,
    node,
    home,
    alice,
    bob,
    mallory,
    guest,
    async room(options) {
      const id = await channel(db, home, options);
      const live = await node.open(channelDocument(id));
      lives.push(live);
      return roomOf(id, live);
    },
    async close() {
      // What another node has committed is heard of by a bell that is not here.
      await Promise.all(lives.map((live) => db.transaction().execute((trx) => catchUp(trx, live))));
      const wrongs = [...(await findWrongs(db, lives)), ...(await findMisprojected(db))];
      await database.close();
      expect(wrongs).toEqual([]);
      expect(node.failures).toEqual([]);
    },
  };
}

const digestOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

let lastClient = 0xa_0000;

/** A clientID that nobody has used yet. */
export const freshClient = (): number => (lastClient += 7);

/** Where an honest writer begins. */
export const ownLog = (author: MemberId): Place => ({ root: logName(author) });

/** A frame with these values at the beginning of a log, under a fresh clientID or a given one. */
export const saying = (author: MemberId, values: readonly unknown[], client = freshClient(), clock = 0): Uint8Array =>
  forged(client, clock, any(values, clock === 0 ? ownLog(author) : { origin: { client, clock: clock - 1 } }));
