import type { Transaction } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";

import { pageDocument } from "#shared/documents/names.ts";
import type { ChannelId, CommunityId, MemberId } from "#shared/ids.ts";
import { setArchived } from "#server/communities/communities.ts";
import type { Database } from "#server/database/types.ts";
import { rollOver } from "#server/documents/roll-over.ts";
import { holdChannels } from "#server/documents/hold-channels.ts";
import { saying } from "#tests/attack/support/world.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { channel, community, page, person, say } from "#tests/support/people.ts";
import { pageWriter, paragraph } from "#tests/support/page-writer.ts";
import { channelDocument, testNode, type TestNode } from "#tests/support/scribe.ts";

import { waitersIn, withRowLocked } from "./support/locks.ts";

let database: TestDatabase;
let node: TestNode;
let alice: MemberId;
let home: CommunityId;
let room: ChannelId;

beforeAll(async () => {
  database = await testDatabase();
  node = testNode(database.db);
  alice = await person(database.db, "alice");
  home = await community(database.db, { [alice]: "moderator" });
  room = await channel(database.db, home);
});
afterAll(() => database.close());

/** Archives something, and stays just before the end of the transaction until it is let go. */
function archive(close: (trx: Transaction<Database>) => Promise<unknown>) {
  const [held, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const done = database.db.transaction().execute(async (trx) => {
    await close(trx);
    held.resolve();
    await release.promise;
  });
  const finish = async (): Promise<void> => {
    release.resolve();
    await done;
  };
  return { held: held.promise, finish };
}

async function closeRoom(trx: Transaction<Database>): Promise<void> {
  await holdChannels(trx, [room]);
  await trx.updateTable("channel").set({ archived_at: new Date() }).where("id", "=", room).execute();
}

const roll = (head: number): Promise<number | undefined> =>
  rollOver({ db: database.db, ring: () => undefined }, { kind: "channel", id: room }, head, Date.now());

test("a segment that is opened while its channel is being archived admits nothing until that is done, and nothing then", async () => {
  const { db } = database;
  const { rolling, archiving } = await withRowLocked(db, channelDocument(room), async (waiting) => {
    const first = roll(1);
    await waiting(1);
    const second = archive(closeRoom);
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

test("what is written on a page of a community that is being archived waits until that is done, and is refused then", async () => {
  const live = await node.open(pageDocument(await page(database.db, home)));
  const archiving = archive((trx) => setArchived(trx, home, true));
  await archiving.held;
  const said = node.take(live, alice, pageWriter().writes(paragraph("too late")));
  await expect.poll(() => waitersIn(database.db)).toBe(1);
  await archiving.finish();
  expect(await said).toMatchObject({ kind: "refused", code: "archived" });
});
