import { expect, test } from "vitest";

import { openWire } from "#tests/attack/support/wire.ts";
import { saying } from "#tests/attack/support/world.ts";
import { counting } from "#tests/support/counting.ts";
import { testDatabase } from "#tests/support/database.ts";
import { channel, community, person, say } from "#tests/support/people.ts";
import { channelDocument } from "#tests/support/scribe.ts";
import { testSync } from "#tests/support/sockets.ts";

const MESSAGES = 10;

test("our own bell makes nobody read the journal", async () => {
  const database = await testDatabase();
  const alice = await person(database.db, "Alice");
  const room = channelDocument(await channel(database.db, await community(database.db, { [alice]: "member" })));
  const { db, count } = counting(database.db);
  const sync = await testSync(db, database.url);
  const wire = await openWire(sync.url, alice);
  await wire.attach(room);

  count.statements = 0;
  for (let index = 1; index <= MESSAGES; index += 1) {
    wire.update(room, saying(alice, [say(`message ${index}`)]));
    await wire.until(() => wire.said("committed").length === index);
  }
  // Begin, lock, ask, store, commit and ring; besides, what was said is announced, and versions are asked for every second.
  expect(count.statements).toBeLessThan(MESSAGES * 7 + 5);

  wire.end();
  await sync.close();
  await database.close();
  expect(sync.failures).toEqual([]);
});
