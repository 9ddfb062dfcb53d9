import { afterAll, beforeAll, expect, test } from "vitest";

import { firstAdminLink } from "#server/auth/first-admin.ts";
import { issueLink } from "#server/auth/one-time-links.ts";
import { kindOf, testApi, valueOf, type TestApi } from "#tests/support/api.ts";

let world: TestApi;
beforeAll(async () => void (world = await testApi()));
afterAll(() => world.close());

const PASSWORD = "correct horse battery";
const tokenIn = (url: string | undefined): string => url?.split("#")[1] ?? "";

test("whoever signs up is signed in, with a home that knows where saved messages are", async () => {
  const { api, me } = await world.person("Alice");

  expect(valueOf(await api.me())).toEqual(me);
  expect(me).toMatchObject({ login: "alice", name: "Alice", platformAdmin: false, incarnation: "test.1" });
  expect(await world.shown(`user:${me.id}/1`)).toMatchObject([
    { of: "conversation", kind: "saved", participants: [me.id] },
  ]);
});

test("a login is had by one person, in whatever case it is written", async () => {
  await world.person("Bob");
  const again = await world.visitor().signUp({ login: " BOB ", password: PASSWORD, name: "Another Bob" });

  expect(again).toMatchObject({ ok: false, problem: { kind: "login-unavailable", fields: [{ field: "login" }] } });
  expect(kindOf(await world.visitor().signIn({ login: "Bob ", password: PASSWORD }))).toBe("ok");
});

test.for([
  ["a short password", { password: "too short" }, { field: "password", problem: "too-short" }],
  ["a long login", { login: "a".repeat(33) }, { field: "login", problem: "too-long" }],
  ["a login of other signs", { login: "not a login" }, { field: "login", problem: "invalid" }],
  ["an empty name", { name: "   " }, { field: "name", problem: "too-short" }],
  ["a name that turns what follows", { name: "Mallory\u202e" }, { field: "name", problem: "invalid" }],
] as const)("%s is told beside its field", async ([, wrong, field]) => {
  const answer = await world.visitor().signUp({ login: "carol", password: PASSWORD, name: "Carol", ...wrong });
  expect(answer).toMatchObject({ ok: false, problem: { kind: "invalid", fields: [field] } });
});

test("what is missing is told", async () => {
  const response = await world.app.inject({
    method: "POST",
    url: "/api/v1/sign-up",
    headers: { host: "talk.example", origin: "https://talk.example" },
    payload: { login: "carol" },
  });

  expect(response.headers["content-type"]).toMatch(/^application\/problem\+json/);
  expect(response.json()).toMatchObject({
    status: 400,
    code: "invalid",
    fields: [
      { field: "password", problem: "missing" },
      { field: "name", problem: "missing" },
    ],
  });
});

test("an unknown login and a wrong password are one answer, after as much work", async () => {
  await world.person("Dora");
  const timed = async (login: string) => {
    const start = performance.now();
    const answer = await world.visitor().signIn({ login, password: "certainly not this" });
    return { answer, took: performance.now() - start };
  };
  const known = await timed("dora");
  const unknown = await timed("nobody");

  expect(unknown.answer).toEqual(known.answer);
  expect(kindOf(known.answer)).toBe("sign-in-failed");
  expect(unknown.took).toBeGreaterThan(known.took / 4);
});

test("signing in again begins a new session and ends the one before", async () => {
  const { api, me } = await world.person("Erin");
  const again = valueOf(await api.signIn({ login: "erin", password: PASSWORD }));

  expect(again.session).not.toBe(me.session);
  expect(valueOf(await api.sessions()).sessions).toMatchObject([{ handle: again.session, current: true }]);
});

test("whoever signed out is out", async () => {
  const { api } = await world.person("Frank");
  valueOf(await api.signOut());
  expect(kindOf(await api.me())).toBe("signed-out");
  expect(kindOf(await api.signOut())).toBe("ok");
});

test("guessing a password is stopped, and locks nobody out who comes from elsewhere", async () => {
  await world.person("Gina");
  const guesser = world.visitor();
  const guess = (login: string) => guesser.signIn({ login, password: "wrong again, alas" });
  const answers = await Promise.all(Array.from({ length: 14 }, () => guess("gina")));

  expect(answers.filter((answer) => kindOf(answer) === "sign-in-failed")).toHaveLength(10);
  expect(answers.find((answer) => kindOf(answer) === "rate")).toMatchObject({
    problem: { retryAfter: expect.any(Number) },
  });
  expect(kindOf(await guess("somebody-else"))).toBe("sign-in-failed");
  expect(kindOf(await world.visitor().signIn({ login: "gina", password: PASSWORD }))).toBe("ok");
});

test("the first admin comes by the printed link, once, and nobody else becomes one", async () => {
  const before = await world.person("Heidi");
  expect(before.me.platformAdmin).toBe(false);

  const older = tokenIn(await firstAdminLink(world.db, "https://talk.example"));
  const token = tokenIn(await firstAdminLink(world.db, "https://talk.example"));
  const become = (login: string, secret: string) =>
    world.visitor().becomeFirstAdmin({ login, password: PASSWORD, name: login, token: secret });

  expect(kindOf(await become("stranger", older))).toBe("link-void");
  expect(kindOf(await become("stranger", "A".repeat(32)))).toBe("link-void");
  const answers = await Promise.all([become("ivan", token), become("judy", token)]);
  expect(answers.map(kindOf).toSorted()).toEqual(["link-void", "ok"]);
  expect(answers.filter((answer) => answer.ok && answer.value.platformAdmin)).toHaveLength(1);
  expect(await firstAdminLink(world.db, "https://talk.example")).toBeUndefined();
});

test("a login that is taken does not use the first admin's link up", async () => {
  const other = await testApi();
  const token = tokenIn(await firstAdminLink(other.db, "https://talk.example"));
  await other.person("Ivan");
  const become = (login: string) =>
    other.visitor().becomeFirstAdmin({ login, password: PASSWORD, name: "Ivan", token });

  expect(kindOf(await become("ivan"))).toBe("login-unavailable");
  expect(kindOf(await become("ivan2"))).toBe("ok");
  await other.close();
});

test("an admin makes a reset link; it works once and ends every session", async () => {
  await world.db.updateTable("person").set({ platform_admin: true }).where("login", "=", "heidi").execute();
  const admin = world.visitor();
  await admin.signIn({ login: "heidi", password: PASSWORD });
  const { api, me } = await world.person("Kim");

  const { token, url } = valueOf(await admin.makeResetLink({ id: me.id }));
  expect(url).toBe(`http://talk.example/reset#${token}`);
  expect(kindOf(await api.makeResetLink({ id: me.id }))).toBe("not-found");

  const elsewhere = world.visitor();
  expect(valueOf(await elsewhere.resetPassword({ token, password: "a new one, and long" })).id).toBe(me.id);
  expect(kindOf(await api.me())).toBe("signed-out");
  expect(kindOf(await elsewhere.me())).toBe("ok");
  expect(kindOf(await world.visitor().resetPassword({ token, password: "a new one, and long" }))).toBe("link-void");
  expect(kindOf(await world.visitor().signIn({ login: "kim", password: PASSWORD }))).toBe("sign-in-failed");
});

test("a link to sign in works once, and not for another purpose", async () => {
  const { me } = await world.person("Lena");
  const { token } = await issueLink(world.db, "sign-in", me.id);

  expect(kindOf(await world.visitor().resetPassword({ token, password: PASSWORD }))).toBe("link-void");
  expect(valueOf(await world.visitor().signInByLink({ token })).id).toBe(me.id);
  expect(kindOf(await world.visitor().signInByLink({ token }))).toBe("link-void");
});

test("an expired link is like no link", async () => {
  const { me } = await world.person("Mona");
  const { token } = await issueLink(world.db, "reset", me.id);
  await world.db
    .updateTable("one_time_link")
    .set({ expires_at: new Date(Date.now() - 1) })
    .where("person_id", "=", me.id)
    .execute();
  expect(kindOf(await world.visitor().resetPassword({ token, password: PASSWORD }))).toBe("link-void");
});

test("links cannot be tried for ever", async () => {
  const visitor = world.visitor();
  const tries = await Promise.all(Array.from({ length: 31 }, () => visitor.signInByLink({ token: "B".repeat(32) })));
  expect(tries.filter((answer) => kindOf(answer) === "rate")).toHaveLength(1);
});

test("accounts cannot be made for ever from one address", async () => {
  const visitor = world.visitor();
  const tries = await Promise.all(
    Array.from({ length: 61 }, () => visitor.signUp({ login: "bob", password: PASSWORD, name: "Bob" })),
  );
  expect(tries.filter((answer) => kindOf(answer) === "rate")).toHaveLength(1);
});
