import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { ChannelId, CommunityId, MemberId } from "#shared/ids.ts";
import { homeOf } from "#shared/ids.ts";
import { kindOf, testApi, valueOf, type Browser, type TestApi } from "#tests/support/api.ts";

let world: TestApi;
let alice: Browser;
let bob: Browser;
let carol: Browser;
let id: CommunityId;
beforeAll(async () => {
  world = await testApi();
  [alice, bob, carol] = await Promise.all([world.person("Alice"), world.person("Bob"), world.person("Carol")]);
});
beforeEach(async () => {
  ({ id } = valueOf(await alice.api.createCommunity({ name: "Northern Networks", access: "open" })));
  valueOf(await bob.api.joinCommunity({ id }));
});
afterAll(() => world.close());

const UNKNOWN = "01a00000-0000-7000-8000-000000000000" as ChannelId;
const namesFor = async ({ api }: Browser): Promise<readonly string[]> =>
  valueOf(await api.channels({ id })).channels.map(({ name }) => name);

test("a channel stands at the end of the list, in the community's document, and has its first segment", async () => {
  const channel = valueOf(await alice.api.createChannel({ id, name: "support", topic: "Ask here", kind: "broadcast" }));

  expect(await namesFor(bob)).toEqual(["general", "support"]);
  expect(await world.shown(`community:${id}`)).toContainEqual({ of: "channel", ...channel });
  expect(valueOf(await bob.api.segments({ id: channel.id })).segments).toMatchObject([{ n: 1, head: true }]);
  expect(valueOf(await bob.api.channel({ id: channel.id }))).toEqual(channel);
});

test("members do not make or change channels", async () => {
  const { id: channel } = valueOf(await alice.api.createChannel({ id, name: "support" }));
  expect(kindOf(await bob.api.createChannel({ id, name: "mine" }))).toBe("forbidden");
  expect(kindOf(await bob.api.changeChannel({ id: channel, name: "mine" }))).toBe("forbidden");
  expect(kindOf(await carol.api.createChannel({ id, name: "mine" }))).toBe("forbidden");
});

test("channels of one community have names of their own, unless archived", async () => {
  const support = valueOf(await alice.api.createChannel({ id, name: "support" }));
  expect(await alice.api.createChannel({ id, name: "Support" })).toMatchObject({
    problem: { kind: "name-taken", fields: [{ field: "name" }] },
  });

  valueOf(await alice.api.changeChannel({ id: support.id, archived: true }));
  const next = valueOf(await alice.api.createChannel({ id, name: "SUPPORT" }));
  expect(kindOf(await alice.api.changeChannel({ id: support.id, archived: false }))).toBe("name-taken");
  expect(kindOf(await alice.api.changeChannel({ id: next.id, name: "general" }))).toBe("name-taken");
  expect(
    valueOf(await alice.api.changeChannel({ id: support.id, archived: false, name: "old support" })),
  ).toMatchObject({ name: "old support", archived: false });
});

test("of ten who make one channel at once, one does", async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => alice.api.createChannel({ id, name: "race" })));
  expect(answers.map(kindOf).filter((kind) => kind === "ok")).toHaveLength(1);
  expect(answers.map(kindOf).filter((kind) => kind === "name-taken")).toHaveLength(9);
});

test("a private channel is there for those inside alone, whatever their role elsewhere", async () => {
  valueOf(await alice.api.changeRole({ id, person: bob.me.id, role: "admin" }));
  const secret = valueOf(await bob.api.createChannel({ id, name: "surprise", private: true }));

  expect(await namesFor(bob)).toEqual(["general", "surprise"]);
  expect(await namesFor(alice)).toEqual(["general"]);
  for (const channel of [secret.id, UNKNOWN]) {
    expect(kindOf(await alice.api.channel({ id: channel }))).toBe("not-found");
    expect(kindOf(await alice.api.changeChannel({ id: channel, name: "found" }))).toBe("not-found");
    expect(kindOf(await alice.api.segments({ id: channel }))).toBe("not-found");
    expect(kindOf(await alice.api.participants({ id: channel }))).toBe("not-found");
    expect(kindOf(await alice.api.letIn({ id: channel, people: [alice.me.id] }))).toBe("not-found");
    expect(kindOf(await alice.api.putOut({ id: channel, person: bob.me.id }))).toBe("not-found");
  }
  expect(JSON.stringify(await world.said(`community:${id}`))).not.toContain("surprise");
  expect(await world.shown(`user:${bob.me.id}/1`)).toContainEqual({ of: "channel", ...secret });
});

test("whoever is let in sees a private channel at home, and the channel says who came and went", async () => {
  const { id: channel } = valueOf(await alice.api.createChannel({ id, name: "board", private: true }));
  expect(
    kindOf(await alice.api.letIn({ id: channel, people: [bob.me.id, carol.me.id, UNKNOWN as string as MemberId] })),
  ).toBe("ok");
  expect(valueOf(await bob.api.participants({ id: channel })).people.map(({ name }) => name)).toEqual(["Alice", "Bob"]);
  expect(kindOf(await bob.api.putOut({ id: channel, person: alice.me.id }))).toBe("forbidden");
  expect(kindOf(await bob.api.letIn({ id: channel, people: [bob.me.id] }))).toBe("forbidden");

  valueOf(await bob.api.putOut({ id: channel, person: bob.me.id }));
  expect(kindOf(await bob.api.channel({ id: channel }))).toBe("not-found");
  expect(kindOf(await alice.api.putOut({ id: channel, person: bob.me.id }))).toBe("not-found");
  expect(await world.shown(`user:${bob.me.id}/1`)).toContainEqual({ of: "gone", key: `channel/${channel}` });

  const notices = (await world.said(`channel:${channel}/1`)).flatMap((entry) =>
    entry.kind === "joined" || entry.kind === "left" ? [[entry.kind, entry.member]] : [],
  );
  expect(notices).toEqual([
    ["joined", alice.me.id],
    ["joined", bob.me.id],
    ["left", bob.me.id],
  ]);
});

test("whoever leaves the community leaves its private channels, and comes back to none of them", async () => {
  const { id: channel } = valueOf(
    await alice.api.createChannel({ id, name: "board", private: true, people: [bob.me.id] }),
  );
  valueOf(await bob.api.leaveCommunity({ id }));
  valueOf(await bob.api.joinCommunity({ id }));

  expect(kindOf(await bob.api.channel({ id: channel }))).toBe("not-found");
  expect((await world.said(`channel:${channel}/1`)).at(-1)).toMatchObject({ kind: "left", member: bob.me.id });
});

test("a public channel has no participants to speak of", async () => {
  const { id: channel } = valueOf(await alice.api.createChannel({ id, name: "support" }));
  expect(kindOf(await alice.api.participants({ id: channel }))).toBe("not-found");
  expect(kindOf(await alice.api.letIn({ id: channel, people: [bob.me.id] }))).toBe("not-found");
});

test("channels move to the place they are given", async () => {
  const one = valueOf(await alice.api.createChannel({ id, name: "one" }));
  valueOf(await alice.api.createChannel({ id, name: "two" }));
  const three = valueOf(await alice.api.createChannel({ id, name: "three" }));
  valueOf(await alice.api.changeChannel({ id: three.id, position: 0 }));
  expect(await namesFor(bob)).toEqual(["three", "general", "one", "two"]);
  valueOf(await alice.api.changeChannel({ id: three.id, position: 2 }));
  expect(await namesFor(bob)).toEqual(["general", "one", "three", "two"]);
  valueOf(await alice.api.changeChannel({ id: one.id, position: 9_999 }));
  expect(await namesFor(bob)).toEqual(["general", "three", "two", "one"]);

  const shown = (await world.shown(`community:${id}`)).flatMap((value) => (value.of === "channel" ? [value] : []));
  expect(shown.toSorted((a, b) => a.position - b.position).map(({ name }) => name)).toEqual([
    "general",
    "three",
    "two",
    "one",
  ]);
});

test("archiving a channel is said in it, once", async () => {
  const { id: channel } = valueOf(await alice.api.createChannel({ id, name: "old" }));
  expect(valueOf(await alice.api.changeChannel({ id: channel, archived: true })).archived).toBe(true);
  valueOf(await alice.api.changeChannel({ id: channel, archived: true, topic: "closed" }));
  valueOf(await alice.api.changeChannel({ id: channel, archived: false }));

  const said = (await world.said(`channel:${channel}/1`)).flatMap((entry) =>
    entry.kind === "archived" ? [entry.on] : [],
  );
  expect(said).toEqual([true, false]);
});

test("the directory of segments is asked for again with its ETag, and one's home has one too", async () => {
  const home = homeOf(alice.me.id);
  await world.db.updateTable("document").set({ closed: 2 }).where("name", "=", `user:${alice.me.id}/1`).execute();
  await world.db
    .insertInto("document")
    .values({
      name: `user:${alice.me.id}/2`,
      channel_id: home,
      kind: "user",
      segment: 2,
      opened_at: 5,
      closed: null,
      erase_due: null,
    })
    .execute();

  expect(valueOf(await alice.api.segments({ id: home })).segments).toMatchObject([
    { n: 1, head: false },
    { n: 2, openedAt: 5, head: true },
  ]);
  expect(kindOf(await bob.api.segments({ id: home }))).toBe("not-found");
  expect(kindOf(await bob.api.segments({ id: id as string as ChannelId }))).toBe("not-found");

  const cookie = (
    await world.app.inject({
      method: "POST",
      url: "/api/v1/sign-in",
      headers: { host: "x", origin: "http://x" },
      payload: { login: "alice", password: "correct horse battery" },
    })
  ).cookies[0];
  const ask = (etag = "") =>
    world.app.inject({
      url: `/api/v1/channels/${home}/segments`,
      headers: { cookie: `${cookie?.name}=${cookie?.value}`, "if-none-match": etag },
    });
  const first = await ask();
  expect((await ask(String(first.headers["etag"]))).statusCode).toBe(304);
  expect((await ask('"other"')).statusCode).toBe(200);
});
