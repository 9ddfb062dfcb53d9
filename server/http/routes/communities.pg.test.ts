import { afterAll, beforeAll, expect, test } from "vitest";

import type { CommunityId, MemberId } from "#shared/ids.ts";
import type { Community } from "#shared/protocol/http/communities.ts";
import { kindOf, testApi, valueOf, type Browser, type TestApi } from "#tests/support/api.ts";

let world: TestApi;
let alice: Browser;
let bob: Browser;
let carol: Browser;
beforeAll(async () => {
  world = await testApi();
  [alice, bob, carol] = await Promise.all([world.person("Alice"), world.person("Bob"), world.person("Carol")]);
});
afterAll(() => world.close());

const NOBODY = "01a00000-0000-7000-8000-000000000000";

async function openCommunity(members: readonly Browser[] = [], access: "open" | "invitation" = "open") {
  const community = valueOf(await alice.api.createCommunity({ name: "Northern Networks", access: "open" }));
  for (const { api } of members) valueOf(await api.joinCommunity({ id: community.id }));
  if (access === "invitation") valueOf(await alice.api.changeCommunity({ id: community.id, access }));
  return community;
}

test("whoever founds a community names its first channel", async () => {
  const { id } = valueOf(await alice.api.createCommunity({ name: "Lab Keepers", channel: "benches" }));

  expect(valueOf(await alice.api.channels({ id })).channels).toMatchObject([{ name: "benches" }]);
});

test("a new community has its founder as owner and a channel to begin in, and its document shows both", async () => {
  const community = await openCommunity();

  expect(community).toMatchObject({ name: "Northern Networks", role: "owner", members: 1, archived: false });
  expect(valueOf(await alice.api.channels({ id: community.id })).channels).toMatchObject([
    { name: "general", kind: "chat" },
  ]);
  expect(await world.shown(`community:${community.id}`)).toMatchObject([
    { of: "community", name: "Northern Networks" },
    { of: "channel", name: "general" },
  ]);
  expect(await world.shown(`user:${alice.me.id}/1`)).toContainEqual({
    of: "membership",
    community: community.id,
    role: "owner",
  });
});

test("a community by invitation is not there for others", async () => {
  const { id } = await openCommunity([], "invitation");
  const unknown = NOBODY as CommunityId;

  for (const community of [id, unknown]) {
    expect(kindOf(await bob.api.community({ id: community }))).toBe("not-found");
    expect(kindOf(await bob.api.joinCommunity({ id: community }))).toBe("not-found");
    expect(kindOf(await bob.api.changeCommunity({ id: community, name: "Mine" }))).toBe("not-found");
    expect(kindOf(await bob.api.members({ id: community }))).toBe("not-found");
    expect(kindOf(await bob.api.channels({ id: community }))).toBe("not-found");
    expect(kindOf(await bob.api.createChannel({ id: community, name: "mine" }))).toBe("not-found");
    expect(kindOf(await bob.api.invite({ id: community }))).toBe("not-found");
    expect(kindOf(await bob.api.invitations({ id: community }))).toBe("not-found");
    expect(kindOf(await bob.api.leaveCommunity({ id: community }))).toBe("not-found");
    expect(kindOf(await bob.api.changeRole({ id: community, person: alice.me.id, role: "guest" }))).toBe("not-found");
    expect(kindOf(await bob.api.removeMember({ id: community, person: alice.me.id }))).toBe("not-found");
    expect(kindOf(await bob.api.transferCommunity({ id: community, person: bob.me.id }))).toBe("not-found");
  }
});

test("everything asks who one is before it says anything", async () => {
  const { id } = await openCommunity();
  const nobody = world.visitor();
  const answers = await Promise.all([
    nobody.communities(),
    nobody.community({ id }),
    nobody.createCommunity({ name: "" }),
    nobody.members({ id }),
    nobody.channels({ id: "not an id" as CommunityId }),
    nobody.discoverCommunities({}),
    nobody.findPeople({ q: "alice" }),
    nobody.conversations(),
    nobody.search({ q: "" }),
    nobody.unread(),
    nobody.sessions(),
  ]);
  expect(new Set(answers.map(kindOf))).toEqual(new Set(["signed-out"]));
});

test("an address that is no id is nothing, not a mistake", async () => {
  expect(kindOf(await alice.api.community({ id: "general" as CommunityId }))).toBe("not-found");
});

test("open communities are discovered, the largest first, in pages, until one is in them", async () => {
  const name = `Discoverable ${Math.random()}`;
  const make = async () => valueOf(await alice.api.createCommunity({ name, access: "open" }));
  const [, , , { id: largest }] = (await Promise.all(Array.from({ length: 33 }, make))) as [
    Community,
    Community,
    Community,
    Community,
  ];
  valueOf(await carol.api.joinCommunity({ id: largest }));

  const first = valueOf(await bob.api.discoverCommunities({ q: name.toUpperCase() }));
  const second = valueOf(await bob.api.discoverCommunities({ q: name, after: first.next }));
  expect(first.communities[0]).toMatchObject({ id: largest, members: 2 });
  expect(new Set([...first.communities, ...second.communities].map(({ id }) => id)).size).toBe(33);
  expect(second.next).toBeUndefined();

  valueOf(await bob.api.joinCommunity({ id: largest }));
  valueOf(await bob.api.joinCommunity({ id: largest }));
  expect(valueOf(await bob.api.discoverCommunities({ q: name })).communities[0]?.members).toBe(1);
  expect(valueOf(await bob.api.communities()).communities.map(({ id }) => id)).toContain(largest);
});

test("members come by name, in pages, and by a part of their name", async () => {
  const { id } = await openCommunity([bob, carol]);
  const crowd = Array.from({ length: 60 }, (_, index) => ({
    id: crypto.randomUUID(),
    name: `Crowd ${String(index).padStart(2, "0")}`,
  }));
  await world.db.insertInto("person").values(crowd).execute();
  await world.db
    .insertInto("membership")
    .values(crowd.map((person) => ({ community_id: id, person_id: person.id, role: "member" as const })))
    .execute();

  const first = valueOf(await bob.api.members({ id }));
  const second = valueOf(await bob.api.members({ id, after: first.next }));
  const names = [...first.members, ...second.members].map(({ name }) => name);
  expect(names).toEqual(["Alice", "Bob", "Carol", ...crowd.map(({ name }) => name)]);
  expect(second.next).toBeUndefined();
  expect(valueOf(await bob.api.members({ id, q: "AR" })).members).toMatchObject([{ id: carol.me.id, role: "member" }]);
  expect(kindOf(await bob.api.members({ id, after: "bm90IG91cnM" }))).toBe("ok");
});

test("one changes the roles only of those below oneself, and only to what is below oneself", async () => {
  const { id } = await openCommunity([bob, carol]);
  const change = (by: Browser, person: Browser, role: "admin" | "moderator" | "member" | "guest") =>
    by.api.changeRole({ id, person: person.me.id, role }).then(kindOf);

  expect(await change(bob, carol, "guest")).toBe("forbidden");
  expect(await change(alice, bob, "admin")).toBe("ok");
  expect(await change(bob, carol, "admin")).toBe("forbidden");
  expect(await change(bob, carol, "moderator")).toBe("ok");
  expect(await change(bob, alice, "guest")).toBe("forbidden");
  expect(await change(bob, bob, "guest")).toBe("forbidden");
  expect(await change(carol, bob, "guest")).toBe("forbidden");
  expect(kindOf(await alice.api.changeRole({ id, person: NOBODY as MemberId, role: "guest" }))).toBe("not-found");
  expect(await world.shown(`user:${carol.me.id}/1`)).toContainEqual({
    of: "membership",
    community: id,
    role: "moderator",
  });
});

test("one removes those below oneself; whoever is gone finds nothing there any more", async () => {
  const { id } = await openCommunity([bob, carol], "invitation");
  expect(kindOf(await bob.api.removeMember({ id, person: carol.me.id }))).toBe("forbidden");
  valueOf(await alice.api.changeRole({ id, person: bob.me.id, role: "moderator" }));
  expect(kindOf(await bob.api.removeMember({ id, person: alice.me.id }))).toBe("forbidden");
  expect(kindOf(await bob.api.removeMember({ id, person: carol.me.id }))).toBe("ok");

  expect(kindOf(await carol.api.community({ id }))).toBe("not-found");
  const home = await world.shown(`user:${carol.me.id}/1`);
  expect(home).toContainEqual({ of: "gone", key: `membership/${id}` });
  expect(home.filter((value) => value.of === "membership" && value.community === id)).toEqual([]);
});

test("the owner cannot leave, but can hand the community over and then leave", async () => {
  const { id } = await openCommunity([bob]);
  expect(kindOf(await alice.api.leaveCommunity({ id }))).toBe("owner-stays");
  expect(kindOf(await bob.api.transferCommunity({ id, person: bob.me.id }))).toBe("forbidden");
  expect(kindOf(await alice.api.transferCommunity({ id, person: carol.me.id }))).toBe("not-found");

  expect(valueOf(await alice.api.transferCommunity({ id, person: bob.me.id })).role).toBe("admin");
  expect(valueOf(await bob.api.community({ id })).role).toBe("owner");
  expect(kindOf(await alice.api.leaveCommunity({ id }))).toBe("ok");
  expect(kindOf(await alice.api.leaveCommunity({ id }))).toBe("not-found");
});

test("of an owner who hands over to two at once, exactly one gets it", async () => {
  const { id } = await openCommunity([bob, carol]);
  await Promise.all([
    alice.api.transferCommunity({ id, person: bob.me.id }),
    alice.api.transferCommunity({ id, person: carol.me.id }),
  ]);
  const owners = await world.db
    .selectFrom("membership")
    .select("person_id")
    .where("community_id", "=", id)
    .where("role", "=", "owner")
    .execute();
  expect(owners).toHaveLength(1);
});

test("settings are changed by admins, and an archived community takes nothing new", async () => {
  const { id } = await openCommunity([bob]);
  expect(kindOf(await bob.api.changeCommunity({ id, name: "Bob's" }))).toBe("forbidden");
  expect(await alice.api.changeCommunity({ id, hue: 400 })).toMatchObject({
    problem: { kind: "invalid", fields: [{ field: "hue", problem: "too-long" }] },
  });
  expect(
    valueOf(
      await alice.api.changeCommunity({ id, name: "Südliche Netze", hue: 20, rules: "Be kind.\nStay on topic." }),
    ),
  ).toMatchObject({ name: "Südliche Netze", hue: 20 });
  expect(kindOf(await alice.api.changeCommunity({ id }))).toBe("ok");

  valueOf(await alice.api.changeCommunity({ id, archived: true }));
  expect(kindOf(await alice.api.createChannel({ id, name: "late" }))).toBe("archived");
  expect(kindOf(await alice.api.invite({ id }))).toBe("archived");
  expect(kindOf(await carol.api.joinCommunity({ id }))).toBe("archived");
  expect(await world.shown(`community:${id}`)).toContainEqual(
    expect.objectContaining({ of: "community", name: "Südliche Netze", archived: true }),
  );
  expect(valueOf(await alice.api.changeCommunity({ id, archived: false })).archived).toBe(false);
});

test("what a community says of itself fits into its document in any script", async () => {
  const { id } = await openCommunity();
  valueOf(
    await alice.api.changeCommunity({
      id,
      name: "漢".repeat(80),
      description: "漢".repeat(1_000),
      rules: "漢\n".repeat(2_000),
    }),
  );
  expect(await world.shown(`community:${id}`)).toContainEqual(
    expect.objectContaining({ of: "community", name: "漢".repeat(80) }),
  );
  expect(world.failures).toEqual([]);
});
