import { afterAll, beforeAll, expect, test } from "vitest";
import { ulid } from "ulid";

import { homeOf, type EntryId } from "#shared/ids.ts";
import { kindOf, testApi, valueOf, type TestApi } from "#tests/support/api.ts";

let world: TestApi;
beforeAll(async () => void (world = await testApi()));
afterAll(() => world.close());

const PASSWORD = "correct horse battery";

test("changing one's password ends all other sessions and goes on in a new one", async () => {
  const here = await world.person("Alice");
  const elsewhere = world.visitor();
  valueOf(await elsewhere.signIn({ login: "alice", password: PASSWORD }));

  expect(await here.api.changePassword({ current: "not this one", password: "another one, long" })).toMatchObject({
    problem: { kind: "wrong-password", fields: [{ field: "current" }] },
  });
  expect(kindOf(await elsewhere.me())).toBe("ok");

  const after = valueOf(await here.api.changePassword({ current: PASSWORD, password: "another one, long" }));
  expect(after.session).not.toBe(here.me.session);
  expect(kindOf(await here.api.me())).toBe("ok");
  expect(kindOf(await elsewhere.me())).toBe("signed-out");
  expect(kindOf(await elsewhere.signIn({ login: "alice", password: PASSWORD }))).toBe("sign-in-failed");
  expect(kindOf(await elsewhere.signIn({ login: "alice", password: "another one, long" }))).toBe("ok");
});

test("sessions are listed with the device they are on, and ended one by one", async () => {
  const { api } = await world.person("Bob");
  const phone = world.visitor({ "user-agent": "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0" });
  const { session } = valueOf(await phone.signIn({ login: "bob", password: PASSWORD }));

  const { sessions } = valueOf(await api.sessions());
  expect(sessions).toHaveLength(2);
  expect(sessions.find(({ handle }) => handle === session)).toMatchObject({
    device: "Firefox on Android",
    current: false,
  });

  const mallory = await world.person("Mallory");
  expect(kindOf(await mallory.api.endSession({ handle: session }))).toBe("not-found");
  expect(kindOf(await api.endSession({ handle: session }))).toBe("ok");
  expect(kindOf(await api.endSession({ handle: session }))).toBe("not-found");
  expect(kindOf(await phone.me())).toBe("signed-out");
});

test("a session ends when it is not used for long, when it is too old, and when its person is disabled", async () => {
  const { api, me } = await world.person("Carol");
  const day = 86_400_000;
  const session = world.db.updateTable("session").where("person_id", "=", me.id);

  await session.set({ expires_at: new Date(Date.now() + 10 * day) }).execute();
  expect(kindOf(await api.me())).toBe("ok");
  const { expires_at } = await world.db
    .selectFrom("session")
    .select("expires_at")
    .where("person_id", "=", me.id)
    .executeTakeFirstOrThrow();
  expect(expires_at.getTime()).toBeGreaterThan(Date.now() + 29 * day);

  await world.db.updateTable("person").set({ disabled_at: new Date() }).where("id", "=", me.id).execute();
  expect(kindOf(await api.me())).toBe("signed-out");
  expect(kindOf(await api.signIn({ login: "carol", password: PASSWORD }))).toBe("sign-in-failed");
  await world.db.updateTable("person").set({ disabled_at: null }).where("id", "=", me.id).execute();

  valueOf(await api.signIn({ login: "carol", password: PASSWORD }));
  await session.set({ expires_at: new Date(Date.now() - 1) }).execute();
  expect(kindOf(await api.me())).toBe("signed-out");
});

test("passwords are kept as Argon2id hashes", async () => {
  const { hash } = await world.db.selectFrom("password").select("hash").limit(1).executeTakeFirstOrThrow();
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=\d{5,},t=\d,p=\d\$/);
});

test("only hashes of sessions and links are kept", async () => {
  const response = await world.app.inject({
    method: "POST",
    url: "/api/v1/sign-in",
    headers: { host: "x", origin: "http://x" },
    payload: { login: "alice", password: "another one, long" },
  });
  const { rows } = await world.db
    .selectFrom("session")
    .select("id")
    .execute()
    .then((ids) => ({ rows: ids.map(({ id }) => id) }));

  expect(response.cookies[0]).toMatchObject({ name: "folkmoot", httpOnly: true, sameSite: "Lax", path: "/" });
  expect(rows).not.toContain(response.cookies[0]?.value);
  expect(response.body).not.toContain(response.cookies[0]?.value);
});

test("over https the cookie is bound to this host, and a plain one opens nothing", async () => {
  const secure = await testApi({ publicUrl: "https://talk.example" });
  const headers = { host: "talk.example", origin: "https://talk.example" };
  const signUp = await secure.app.inject({
    method: "POST",
    url: "/api/v1/sign-up",
    headers,
    payload: { login: "erin", password: PASSWORD, name: "Erin" },
  });
  const cookie = signUp.cookies[0];

  expect(cookie).toMatchObject({ name: "__Host-folkmoot", secure: true, httpOnly: true, path: "/" });
  const ask = (name: string) =>
    secure.app.inject({ url: "/api/v1/me", headers: { ...headers, cookie: `${name}=${cookie?.value}` } });
  expect((await ask("__Host-folkmoot")).statusCode).toBe(200);
  expect((await ask("folkmoot")).statusCode).toBe(401);
  await secure.close();
});

test("after the server lost its tail, one asks which of one's own entries it knows", async () => {
  const { api, me } = await world.person("Dora");
  const [known, lost] = [ulid(), ulid()] as [EntryId, EntryId];
  const key = {
    kind: "message",
    at: 1,
    document: `user:${me.id}/1`,
    version: 1,
    received: 1,
    digest: null,
    state_key: null,
    of_author: null,
    of_id: null,
    client_id: null,
    clock: null,
  };
  await world.db
    .insertInto("entry_key")
    .values({ ...key, channel: me.id, author: me.id, id: known, state: "erased" })
    .execute();

  expect(valueOf(await api.knownEntries({ channel: homeOf(me.id), ids: [known, lost] }))).toEqual({
    incarnation: "test.1",
    unknown: [lost],
  });
  expect(valueOf(await api.knownEntries({ channel: homeOf(me.id), ids: [] })).unknown).toEqual([]);
});
