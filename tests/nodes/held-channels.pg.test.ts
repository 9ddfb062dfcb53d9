import { afterAll, beforeAll, expect, test } from "vitest";

import type { ChannelId, MemberId } from "#shared/ids.ts";
import { rollOver } from "#server/documents/open.ts";
import { holdChannels } from "#server/documents/hold-channels.ts";
import { saying } from "#tests/attack/support/world.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { channel, community, person, say } from "#tests/support/people.ts";
import { channelDocument, testNode, type TestNode } from "#tests/support/scribe.ts";

import { waitersIn, withRowLocked } from "./support/locks.ts";

let database: TestDatabase;
let node: TestNode;
let alice: MemberId;
let room: ChannelId;

beforeAll(async () => {
  database = await testDatabase();
  node = testNode(database.db);
  alice = await person(database.db, "alice");
  room = await channel(database.db, await community(database.db, { [alice]: "moderator" }));
});
afterAll(() => database.close());

/** Archives the room, and stays just before the end of the transaction until it is let go. */
function archive() {
  const [held, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const done = database.db.transaction().execute(async (trx) => {
    await holdChannels(trx, [room]);
    await trx.updateTable("channel").set({ archived_at: new Date() }).where("id", "=", room).execute();
    held.resolve();
    await release.promise;
  });
  const finish = async (): Promise<void> => {
    release.resolve();
    await done;
  };
  return { held: held.promise, finish };
}

const roll = (head: number): Promise<number | undefined> =>
  rollOver({ db: database.db, ring: () => undefined }, { kind: "channel", id: room }, head, Date.now());

test("a segment that is opened while its channel is being archived admits nothing until that is done, and nothing then", async () => {
  const { db } = database;
  const { rolling, archiving } = await withRowLocked(db, channelDocument(room), async (waiting) => {
    const first = roll(1);
    await waiting(1);
    const second = archive();
    await waiting(2);
    return { rolling: first, archiving: second };
  });
  expect(await rolling).toBe(2);
  await archiving.held;

  const live = await node.open(channelDocument(room, 2));
  const said = node.take(live, alice, saying(alice, [say("too late")]));
  // It must wait, and so must whoever would open yet another segment.
  await expect.poll(() => waitersIn(db)).toBe(1);
  const another = roll(2);
  await expect.poll(() => waitersIn(db)).toBe(2);
  await archiving.finish();
  expect(await said).toMatchObject({ kind: "refused", code: "archived" });
  expect(await another).toBe(3);
  expect(node.failures).toEqual([]);
});
