import { afterAll, beforeAll, expect, test } from "vitest";

import type { ChannelId, CommunityId, MemberId } from "#shared/ids.ts";
import type { Conversation } from "#shared/protocol/http/conversations.ts";
import { createIdentities } from "#server/import/identities.ts";
import { kindOf, testApi, valueOf, type Browser, type TestApi } from "#tests/support/api.ts";

let world: TestApi;
let alice: Browser;
let bob: Browser;
let carol: Browser;
let stranger: Browser;
beforeAll(async () => {
  world = await testApi();
  [alice, bob, carol, stranger] = await Promise.all([
    world.person("Alice"),
    world.person("Bob"),
    world.person("Carol"),
    world.person("Stranger"),
  ]);
  const { id } = valueOf(await alice.api.createCommunity({ name: "Northern Networks", access: "open" }));
  for (const { api } of [bob, carol]) valueOf(await api.joinCommunity({ id }));
});
afterAll(() => world.close());

const NOBODY = "01a00000-0000-7000-8000-000000000000";

test("people are found among those one shares a community with", async () => {
  expect(valueOf(await alice.api.findPeople({ q: "o" })).people.map(({ name }) => name)).toEqual(["Bob", "Carol"]);
  expect(valueOf(await stranger.api.findPeople({ q: "a" })).people).toEqual([]);
});

test("a platform admin finds everybody, and only they see accounts", async () => {
  await world.db.updateTable("person").set({ platform_admin: true }).where("login", "=", "stranger").execute();
  expect(valueOf(await stranger.api.findPeople({ q: "alice" })).people).toEqual([{ id: alice.me.id, name: "Alice" }]);
  expect(valueOf(await stranger.api.accounts({})).accounts.map(({ login }) => login)).toEqual([
    "alice",
    "bob",
    "carol",
    "stranger",
  ]);
  expect(valueOf(await stranger.api.accounts({ q: "bo" })).accounts).toMatchObject([
    { login: "bob", platformAdmin: false },
  ]);
  expect(kindOf(await alice.api.accounts({}))).toBe("not-found");
  await world.db.updateTable("person").set({ platform_admin: false }).where("login", "=", "stranger").execute();
});

test("those who came with an import stand behind those who sign in, on all pages", async () => {
  const admin = await world.person("Zoe");
  await world.db.updateTable("person").set({ platform_admin: true }).where("login", "=", "zoe").execute();
  await createIdentities(world.db, NOBODY as CommunityId).of(
    Array.from({ length: 60 }, (_, index) => `Aaron ${index}`),
  );

  const first = valueOf(await admin.api.accounts({}));
  const second = valueOf(await admin.api.accounts({ after: first.next }));
  const names = [...first.accounts, ...second.accounts].map(({ name }) => name);
  expect(names.slice(0, 5)).toEqual(["Alice", "Bob", "Carol", "Stranger", "Zoe"]);
  expect(new Set(names.slice(5))).toEqual(new Set(Array.from({ length: 60 }, (_, index) => `Aaron ${index}`)));
  expect(second.next).toBeUndefined();
  await world.db.updateTable("person").set({ platform_admin: false }).where("login", "=", "zoe").execute();
});

test("names are told to whoever knows the id", async () => {
  const { profiles } = valueOf(await alice.api.profiles({ ids: [bob.me.id, NOBODY].join(",") }));
  expect(profiles).toEqual([{ id: bob.me.id, name: "Bob" }]);
  expect(kindOf(await alice.api.profiles({ ids: "bob" }))).toBe("invalid");
});

test("a new name is everybody's at once", async () => {
  const dora = await world.person("Dora");
  expect(valueOf(await dora.api.changeMe({ name: " Dora  of the North " })).name).toBe("Dora  of the North");
  expect(valueOf(await alice.api.profiles({ ids: dora.me.id })).profiles).toEqual([
    { id: dora.me.id, name: "Dora  of the North" },
  ]);
});

test("two people have one direct conversation, whoever begins it and however often", async () => {
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, index) =>
      index % 2 === 0
        ? alice.api.startConversation({ kind: "direct", people: [bob.me.id] })
        : bob.api.startConversation({ kind: "direct", people: [alice.me.id] }),
    ),
  );
  expect(new Set(answers.map((answer) => valueOf(answer).id)).size).toBe(1);

  const [conversation] = answers.map(valueOf) as [Conversation];
  expect(conversation.participants).toEqual([alice.me.id, bob.me.id].toSorted());
  expect(await world.shown(`user:${bob.me.id}/1`)).toContainEqual({ of: "conversation", ...conversation });
  expect(valueOf(await bob.api.segments({ id: conversation.id })).segments).toHaveLength(1);
  expect(kindOf(await carol.api.segments({ id: conversation.id }))).toBe("not-found");
});

test("one cannot begin to talk with strangers, whether they exist or not", async () => {
  const toStranger = await alice.api.startConversation({ kind: "direct", people: [stranger.me.id] });
  expect(toStranger).toEqual(await alice.api.startConversation({ kind: "direct", people: [NOBODY as MemberId] }));
  expect(kindOf(toStranger)).toBe("not-found");
  expect(kindOf(await alice.api.startConversation({ kind: "group", people: [bob.me.id, stranger.me.id] }))).toBe(
    "not-found",
  );
  expect(kindOf(await alice.api.startConversation({ kind: "direct", people: [alice.me.id] }))).toBe("not-found");
  expect(kindOf(await alice.api.startConversation({ kind: "direct", people: [bob.me.id, carol.me.id] }))).toBe(
    "invalid",
  );
});

test("a group is named, grows and is left, and its homes and its log know", async () => {
  const group = valueOf(
    await alice.api.startConversation({ kind: "group", people: [bob.me.id, bob.me.id], name: "Planning" }),
  );
  expect(kindOf(await carol.api.nameConversation({ id: group.id, name: "Mine" }))).toBe("not-found");
  expect(kindOf(await carol.api.addToConversation({ id: group.id, people: [carol.me.id] }))).toBe("not-found");
  expect(kindOf(await carol.api.leaveConversation({ id: group.id }))).toBe("not-found");

  expect(valueOf(await bob.api.nameConversation({ id: group.id, name: "Plans" })).name).toBe("Plans");
  expect(valueOf(await bob.api.addToConversation({ id: group.id, people: [carol.me.id] })).participants).toHaveLength(
    3,
  );
  valueOf(await bob.api.leaveConversation({ id: group.id }));

  expect(valueOf(await bob.api.conversations()).conversations.map(({ id }) => id)).not.toContain(group.id);
  expect(await world.shown(`user:${bob.me.id}/1`)).toContainEqual({ of: "gone", key: `conversation/${group.id}` });
  expect(await world.shown(`user:${carol.me.id}/1`)).toContainEqual({
    of: "conversation",
    id: group.id,
    kind: "group",
    name: "Plans",
    participants: [alice.me.id, carol.me.id].toSorted(),
  });
  const said = (await world.said(`dm:${group.id}/1`)).flatMap((entry) =>
    entry.kind === "joined" || entry.kind === "left" ? [[entry.kind, entry.member]] : [],
  );
  expect(said).toEqual([
    ["joined", carol.me.id],
    ["left", bob.me.id],
  ]);
});

test("who is in a direct conversation or in saved messages never changes", async () => {
  const direct = valueOf(await alice.api.startConversation({ kind: "direct", people: [bob.me.id] }));
  const saved = valueOf(await alice.api.conversations()).conversations.find(({ kind }) => kind === "saved");

  for (const id of [direct.id, saved?.id as ChannelId]) {
    expect(kindOf(await alice.api.leaveConversation({ id }))).toBe("forbidden");
    expect(kindOf(await alice.api.nameConversation({ id, name: "Mine" }))).toBe("forbidden");
    expect(kindOf(await alice.api.addToConversation({ id, people: [carol.me.id] }))).toBe("forbidden");
  }
});

test("a group has no more than a hundred people", async () => {
  const { id } = valueOf(await alice.api.createCommunity({ name: "Crowd", access: "open" }));
  const crowd = Array.from({ length: 101 }, (_, index) => ({
    id: crypto.randomUUID(),
    name: `Crowd ${index}`,
    login: `crowd-${index}`,
  }));
  await world.db.insertInto("person").values(crowd).execute();
  await world.db
    .insertInto("membership")
    .values(crowd.map((person) => ({ community_id: id, person_id: person.id, role: "member" as const })))
    .execute();
  const people = crowd.map((person) => person.id as MemberId);

  expect(kindOf(await alice.api.startConversation({ kind: "group", people: people.slice(0, 100) }))).toBe("too-many");
  const group = valueOf(await alice.api.startConversation({ kind: "group", people: people.slice(0, 99) }));
  expect(kindOf(await alice.api.addToConversation({ id: group.id, people: people.slice(99) }))).toBe("too-many");
  expect(kindOf(await alice.api.startConversation({ kind: "group", people }))).toBe("invalid");
});
