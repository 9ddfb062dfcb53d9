import { afterAll, beforeAll, expect, test } from "vitest";
import { ulid } from "ulid";

import type { ChannelId, MemberId } from "#shared/ids.ts";
import { termsOf } from "#server/database/text-search.ts";
import { kindOf, testApi, valueOf, type Browser, type TestApi } from "#tests/support/api.ts";

let world: TestApi;
let alice: Browser;
let bob: Browser;
beforeAll(async () => {
  world = await testApi();
  [alice, bob] = await Promise.all([world.person("Alice"), world.person("Bob")]);
});
afterAll(() => world.close());

/** As the projections write it. */
async function project(channel: ChannelId, author: MemberId, body: string): Promise<void> {
  const at = Date.now() + 1_000;
  const terms = termsOf({ body, author, channel });
  const values = {
    channel,
    author,
    id: ulid(at),
    segment: 1,
    kind: "message" as const,
    at,
    position: at,
    body,
    mentions: [],
    terms,
  };
  await world.db.insertInto("message").values(values).execute();
}

test("one finds and counts what others said where one may read, and nothing of elsewhere", async () => {
  const { id } = valueOf(await alice.api.createCommunity({ name: "Northern Networks" }));
  const [general] = valueOf(await alice.api.channels({ id })).channels;
  const channel = general?.id as ChannelId;
  await project(channel, bob.me.id, "the mount fails with **permission denied**");

  const { hits } = valueOf(await alice.api.search({ q: "mount denied" }));
  expect(hits).toMatchObject([{ channel, author: bob.me.id, segment: 1 }]);
  expect(hits[0]?.snippet.filter(({ mark }) => mark).map(({ text }) => text)).toEqual(["mount", "denied"]);
  expect(valueOf(await alice.api.unread()).channels).toEqual([{ channel, messages: 1, mentions: 0 }]);

  expect(valueOf(await bob.api.search({ q: "mount denied" })).hits).toEqual([]);
  expect(valueOf(await bob.api.unread()).channels).toEqual([]);
});

test("a search for nothing is no search, and a cursor that we did not write is the first page", async () => {
  expect(kindOf(await alice.api.search({ q: "  " }))).toBe("invalid");
  expect(valueOf(await alice.api.search({ q: "mount", cursor: "made up" })).hits).toHaveLength(1);
  expect(valueOf(await alice.api.search({ q: '"' })).hits).toEqual([]);
});
