import { ulid } from "ulid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Doc } from "yjs";

import { logDocument, logName } from "#shared/documents/names.ts";
import type { Channel } from "#shared/protocol/http/channels.ts";
import type { ChannelId, EntryId } from "#shared/ids.ts";
import { load } from "#server/documents/live.ts";
import { kindOf, testApi, valueOf, type Browser, type TestApi } from "#tests/support/api.ts";

let world: TestApi;
let alice: Browser;
let bob: Browser;
let stranger: Browser;
let support: Channel;
let news: Channel;

beforeAll(async () => {
  world = await testApi();
  [alice, bob, stranger] = await Promise.all([world.person("Alice"), world.person("Bob"), world.person("Stranger")]);
  const { id } = valueOf(await alice.api.createCommunity({ name: "Northern Networks", access: "open" }));
  valueOf(await bob.api.joinCommunity({ id }));
  support = valueOf(await alice.api.createChannel({ id, name: "support" }));
  news = valueOf(await alice.api.createChannel({ id, name: "news", kind: "broadcast" }));
});
afterAll(() => world.close());

async function saidBy({ me }: Browser, channel: ChannelId): Promise<unknown[]> {
  const doc = new Doc();
  await load(world.db, logDocument("channel", channel, 1), doc);
  return doc.getArray(logName(me.id)).toArray();
}

test("what is posted lies in the author's own log, like everything else they say", async () => {
  const { author, id } = valueOf(await bob.api.sendMessage({ id: support.id, body: "the build is green" }));
  expect(author).toBe(bob.me.id);
  expect(await saidBy(bob, support.id)).toMatchObject([{ id, kind: "message", body: "the build is green" }]);
});

test("asked twice with one id, it is said once; with another text it is refused", async () => {
  const entry = ulid() as EntryId;
  const post = (body: string) => alice.api.sendMessage({ id: support.id, entry, body });
  expect(valueOf(await post("once"))).toEqual(valueOf(await post("once")));
  expect(await saidBy(alice, support.id)).toHaveLength(1);
  expect(kindOf(await post("twice"))).toBe("invalid");
});

test("the gate decides: announcements, strangers, archived channels", async () => {
  expect(kindOf(await bob.api.sendMessage({ id: news.id, body: "hello" }))).toBe("forbidden");
  expect(kindOf(await stranger.api.sendMessage({ id: support.id, body: "hello" }))).toBe("not-found");
  const nowhere = "01a00000-0000-7000-8000-000000000000" as ChannelId;
  expect(kindOf(await stranger.api.sendMessage({ id: nowhere, body: "hello" }))).toBe("not-found");
  valueOf(await alice.api.changeChannel({ id: news.id, archived: true }));
  expect(kindOf(await alice.api.sendMessage({ id: news.id, body: "hello" }))).toBe("archived");
});

test("nobody posts into somebody's home", async () => {
  expect(kindOf(await alice.api.sendMessage({ id: alice.me.id as string as ChannelId, body: "hello" }))).toBe(
    "not-found",
  );
});

test("a post and a frame of the same person do not disturb each other", async () => {
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, index) => bob.api.sendMessage({ id: support.id, body: `post ${index}` })),
  );
  results.forEach(valueOf);
  expect(await saidBy(bob, support.id)).toHaveLength(21);
});
