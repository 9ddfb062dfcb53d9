import { afterAll, beforeAll, expect, test } from "vitest";

import { kindOf, testApi, valueOf, type Browser, type TestApi } from "#tests/support/api.ts";

let world: TestApi;
let alice: Browser;
let bob: Browser;
beforeAll(async () => {
  world = await testApi();
  [alice, bob] = await Promise.all([world.person("Alice"), world.person("Bob")]);
});
afterAll(() => world.close());

const PASSWORD = "correct horse battery";
const closedCommunity = async () =>
  valueOf(await alice.api.createCommunity({ name: "Northern Networks", access: "invitation" }));

test("an invitation tells what it is for, to those who are signed out too", async () => {
  const { id } = await closedCommunity();
  const { token, url } = valueOf(await alice.api.invite({ id }));

  expect(url).toBe(`http://talk.example/invitation#${token}`);
  expect(valueOf(await world.visitor().previewInvitation({ token }))).toMatchObject({
    community: { id, name: "Northern Networks", members: 1 },
    role: "member",
    member: false,
  });
  expect(valueOf(await alice.api.previewInvitation({ token })).member).toBe(true);
});

test("somebody new signs up with an invitation and is in", async () => {
  const { id } = await closedCommunity();
  const { token } = valueOf(await alice.api.invite({ id, role: "guest", uses: 1 }));
  const visitor = world.visitor();

  valueOf(await visitor.signUp({ login: "newcomer", password: PASSWORD, name: "New", invitation: token }));
  expect(valueOf(await visitor.communities()).communities).toMatchObject([{ id, role: "guest", members: 2 }]);
});

test("with an invitation that is void nobody signs up", async () => {
  const visitor = world.visitor();
  expect(
    kindOf(await visitor.signUp({ login: "too-late", password: PASSWORD, name: "Late", invitation: "C".repeat(32) })),
  ).toBe("invitation-void");
  expect(kindOf(await visitor.signIn({ login: "too-late", password: PASSWORD }))).toBe("sign-in-failed");
});

test("of ten who come at once with three uses, three come in", async () => {
  const { id } = await closedCommunity();
  const { token } = valueOf(await alice.api.invite({ id, uses: 3 }));
  const people = await Promise.all(Array.from({ length: 10 }, (_, index) => world.person(`Crowd${index}`)));

  const answers = await Promise.all(people.map(({ api }) => api.acceptInvitation({ token })));
  expect(answers.map(kindOf).toSorted()).toEqual([
    ...Array.from({ length: 7 }, () => "invitation-void"),
    "ok",
    "ok",
    "ok",
  ]);
  expect(valueOf(await alice.api.community({ id })).members).toBe(4);
});

test("coming in again costs nothing", async () => {
  const { id } = await closedCommunity();
  const { token } = valueOf(await alice.api.invite({ id, uses: 2 }));
  for (let times = 0; times < 3; times += 1)
    expect(valueOf(await bob.api.acceptInvitation({ token }))).toMatchObject({ id, role: "member" });
  expect(valueOf(await alice.api.invitations({ id })).invitations).toMatchObject([{ usesLeft: 1, createdBy: "Alice" }]);
});

test("unknown, expired, revoked, used up and of an archived community: one answer", async () => {
  const community = await closedCommunity();
  const { id } = community;
  const expired = valueOf(await alice.api.invite({ id, hours: 1 }));
  const revoked = valueOf(await alice.api.invite({ id }));
  const used = valueOf(await alice.api.invite({ id, uses: 1 }));
  const archived = await closedCommunity();
  const shut = valueOf(await alice.api.invite({ id: archived.id }));

  await world.db
    .updateTable("invitation")
    .set({ expires_at: new Date(Date.now() - 1) })
    .where("id", "=", expired.invitation.id)
    .execute();
  valueOf(await alice.api.revokeInvitation({ id, invitation: revoked.invitation.id }));
  valueOf(await (await world.person("Quick")).api.acceptInvitation({ token: used.token }));
  valueOf(await alice.api.changeCommunity({ id: archived.id, archived: true }));

  const unknown = await bob.api.previewInvitation({ token: "D".repeat(32) });
  expect(kindOf(unknown)).toBe("invitation-void");
  for (const { token } of [expired, revoked, used, shut]) {
    expect(await bob.api.previewInvitation({ token })).toEqual(unknown);
    expect(await bob.api.acceptInvitation({ token })).toEqual(unknown);
  }
  expect(valueOf(await alice.api.invitations({ id })).invitations).toEqual([]);
  expect(kindOf(await alice.api.revokeInvitation({ id, invitation: revoked.invitation.id }))).toBe("not-found");
});

test("members do not invite, moderators do", async () => {
  const { id } = await closedCommunity();
  valueOf(await bob.api.acceptInvitation({ token: valueOf(await alice.api.invite({ id })).token }));

  expect(kindOf(await bob.api.invite({ id }))).toBe("forbidden");
  expect(kindOf(await bob.api.invitations({ id }))).toBe("forbidden");
  valueOf(await alice.api.changeRole({ id, person: bob.me.id, role: "moderator" }));
  expect(kindOf(await bob.api.invite({ id }))).toBe("ok");
  expect(await bob.api.invite({ id, uses: 0 })).toMatchObject({
    problem: { kind: "invalid", fields: [{ field: "uses" }] },
  });
});

test("a community has no more than a hundred links at a time, and another's cannot be revoked", async () => {
  const [one, other] = [await closedCommunity(), await closedCommunity()];
  const made = await Promise.all(Array.from({ length: 101 }, () => alice.api.invite({ id: one.id })));
  expect(made.filter((answer) => kindOf(answer) === "too-many")).toHaveLength(1);

  const { invitation } = valueOf(await alice.api.invite({ id: other.id }));
  expect(kindOf(await alice.api.revokeInvitation({ id: one.id, invitation: invitation.id }))).toBe("not-found");
});

test("invitations cannot be guessed for ever", async () => {
  const visitor = world.visitor();
  const tries = await Promise.all(
    Array.from({ length: 121 }, () => visitor.previewInvitation({ token: "E".repeat(32) })),
  );
  expect(tries.filter((answer) => kindOf(answer) === "rate")).toHaveLength(1);
});
