import { afterAll, beforeAll, expect, test } from "vitest";

import { parseDocumentName } from "#shared/documents/names.ts";
import type { CommunityId, MemberId } from "#shared/ids.ts";
import { counting } from "#tests/support/counting.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { channel, community, person, say } from "#tests/support/people.ts";
import { channelDocument, testNode } from "#tests/support/scribe.ts";

import type { Task } from "./task.ts";

let database: TestDatabase;
let alice: MemberId;
let home: CommunityId;

beforeAll(async () => {
  database = await testDatabase();
  alice = await person(database.db, "Alice");
  home = await community(database.db, { [alice]: "member" });
});
afterAll(() => database.close());

function countingNode() {
  const { db, count } = counting(database.db);
  return { count, node: testNode(db) };
}

const post = (document: string): Task => ({
  kind: "post",
  document,
  place: parseDocumentName(document) as NonNullable<ReturnType<typeof parseDocumentName>>,
  sender: alice,
  entry: say("hello"),
});

test("a batch about fifty channels asks PostgreSQL no oftener than one about a single channel", async () => {
  const rooms = await Promise.all(
    Array.from({ length: 50 }, async () => channelDocument(await channel(database.db, home))),
  );
  const { count, node } = countingNode();

  await node.committer.submit(post(rooms[0] as string));
  const one = count.statements;
  count.statements = 0;
  const outcomes = await Promise.all(rooms.map((room) => node.committer.submit(post(room))));
  expect(outcomes.map(({ kind }) => kind)).toEqual(rooms.map(() => "committed"));
  expect(count.statements).toBe(one);
});
