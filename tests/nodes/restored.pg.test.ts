import type { Kysely } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";

import { logDocument } from "#shared/documents/names.ts";
import { homeOf } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";
import { AnotherHistory } from "#server/documents/history.ts";
import { findWrongs } from "#tests/support/checker.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { channel, community, person, say } from "#tests/support/people.ts";
import { append, channelDocument, testNode } from "#tests/support/scribe.ts";
import { attach, testSync } from "#tests/support/sockets.ts";
import { until } from "#tests/support/until.ts";
import { world } from "#tests/support/world.ts";

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.close());

/** What a restored backup is to whoever knows the newer state: the document ends at this version. */
const forget = (db: Kysely<Database>, name: string, version: number) =>
  db.transaction().execute(async (trx) => {
    await trx.selectFrom("document").select("name").where("name", "=", name).forUpdate().execute();
    await trx.deleteFrom("journal").where("document", "=", name).where("version", ">", version).execute();
    await trx.deleteFrom("entry_key").where("document", "=", name).where("version", ">", version).execute();
    await trx.updateTable("document").set({ version }).where("name", "=", name).execute();
  });

const versionOf = async (db: Kysely<Database>, name: string): Promise<number> =>
  (await db.selectFrom("document").select("version").where("name", "=", name).executeTakeFirstOrThrow()).version;

/** A node, and Alice who has said so many words there. */
async function talk(words: number) {
  const { db } = database;
  const alice = await person(db, "alice");
  const name = channelDocument(await channel(db, await community(db, { [alice]: "owner" })));
  const node = await testSync(db, database.url);
  const seat = attach(node.url, alice, name);
  await seat.until(() => seat.provider.synced);
  for (let word = 1; word <= words; word += 1) {
    append(seat.doc, alice, say(`word ${word}`));
    await seat.until(() => seat.said.filter(({ type }) => type === "committed").length === word);
  }

  async function end(): Promise<void> {
    seat.end();
    await node.close();
  }
  return { db, alice, name, node, seat, end };
}

test("a node that holds what the database has forgotten says so, and writes nothing behind it", async () => {
  const { db, alice, name, node, seat, end } = await talk(3);
  await forget(db, name, 1);
  append(seat.doc, alice, say("behind what is forgotten"));
  await seat.until(() => seat.said.some((message) => message.type === "refused" && message.code === "overload"));

  expect(node.failures.some((error) => error instanceof AnotherHistory)).toBe(true);
  expect(await findWrongs(db)).toEqual([]);
  await end();
});

test("a node at which nobody writes notices it too, and a node that begins anew goes on", async () => {
  const { db, alice, name, node, seat, end } = await talk(1);
  await forget(db, name, 0);
  await until(() => node.failures.some((error) => error instanceof AnotherHistory));
  await end();

  const fresh = testNode(db);
  const outcome = await fresh.take(await fresh.open(name), alice, append(seat.doc, alice, say("again")), true);
  expect(outcome.kind === "refused" && outcome.code).toBe("missing-dependency");
  expect(await findWrongs(db)).toEqual([]);
});

test("a whole server ends where its database has forgotten something, to begin anew", async () => {
  const own = await world();
  const alice = await own.person("Alice");
  const local = await alice.open();
  await until(() => local.connection().state === "online", "the connection");
  const home = logDocument("user", homeOf(alice.id), 1);
  expect(await versionOf(own.db, home)).toBeGreaterThan(1);

  await forget(own.db, home, 1);

  await until(() => own.failures.some((failure) => String(failure).includes("has forgotten commits")));
  await own.close();
});
