import { afterAll, beforeAll, expect, test } from "vitest";

import { findAccessToken } from "#server/auth/access-tokens.ts";
import { kindOf, testApi, valueOf, type TestApi } from "#tests/support/api.ts";

let world: TestApi;
let incarnation = "test.1";
beforeAll(async () => void (world = await testApi({ incarnation: () => Promise.resolve(incarnation) })));
afterAll(() => world.close());

const ownerOf = async (token: string) => (await findAccessToken(world.db, token, incarnation))?.person;

test("a token is told once, listed without its secret, and kept as a hash alone", async () => {
  const { api, me } = await world.person("Alice");
  const { token, handle } = valueOf(await api.makeToken({ name: " Weather bot " }));
  expect(await ownerOf(token)).toBe(me.id);

  const { tokens } = valueOf(await api.tokens());
  expect(tokens).toMatchObject([{ handle, name: "Weather bot", works: true }]);
  const stored = await world.db.selectFrom("access_token").selectAll().execute();
  expect(JSON.stringify([tokens, stored])).not.toContain(token);
});

test("a revoked token opens nothing, and only its owner can revoke it", async () => {
  const { api } = await world.person("Bob");
  const mallory = await world.person("Mallory");
  const { token, handle } = valueOf(await api.makeToken({ name: "Bot" }));

  expect(kindOf(await mallory.api.revokeToken({ handle }))).toBe("not-found");
  expect(kindOf(await api.revokeToken({ handle }))).toBe("ok");
  expect(kindOf(await api.revokeToken({ handle }))).toBe("not-found");
  expect(await ownerOf(token)).toBeUndefined();
  expect(valueOf(await api.tokens()).tokens).toEqual([]);
});

test("a token ends with its day, with its person and with its incarnation", async () => {
  const { api, me } = await world.person("Carol");
  const { token, handle } = valueOf(await api.makeToken({ name: "Bot", expiresAt: Date.now() + 60_000 }));
  const row = world.db.updateTable("access_token").where("handle", "=", handle);

  await row.set({ expires_at: new Date() }).execute();
  expect(await ownerOf(token)).toBeUndefined();
  expect(valueOf(await api.tokens()).tokens).toMatchObject([{ handle, works: false }]);
  await row.set({ expires_at: null }).execute();

  await world.db.updateTable("person").set({ disabled_at: new Date() }).where("id", "=", me.id).execute();
  expect(await ownerOf(token)).toBeUndefined();
  await world.db.updateTable("person").set({ disabled_at: null }).where("id", "=", me.id).execute();
  expect(await ownerOf(token)).toBe(me.id);

  incarnation = "test.2";
  expect(await ownerOf(token)).toBeUndefined();
  expect(valueOf(await api.tokens()).tokens).toMatchObject([{ handle, works: false }]);
  incarnation = "test.1";
});

test("a new password ends all tokens", async () => {
  const { api } = await world.person("Dave");
  const { token } = valueOf(await api.makeToken({ name: "Bot" }));
  valueOf(await api.changePassword({ current: "correct horse battery", password: "another one, long" }));
  expect(await ownerOf(token)).toBeUndefined();
});

test("a token needs a name and a day that is still to come, and there are not more than fifty", async () => {
  const { api } = await world.person("Erin");
  expect(kindOf(await api.makeToken({ name: " " }))).toBe("invalid");
  expect(kindOf(await api.makeToken({ name: "Bot", expiresAt: Date.now() - 1 }))).toBe("invalid");

  const made = await Promise.all(Array.from({ length: 55 }, (_, index) => api.makeToken({ name: `Bot ${index}` })));
  expect(made.filter(({ ok }) => ok)).toHaveLength(50);
  expect(kindOf(await api.makeToken({ name: "One more" }))).toBe("too-many");
});

test("a token opens no part of the HTTP API", async () => {
  const { api } = await world.person("Frank");
  const { token } = valueOf(await api.makeToken({ name: "Bot" }));
  expect(kindOf(await world.visitor({ authorization: `Bearer ${token}`, cookie: `folkmoot=${token}` }).me())).toBe(
    "signed-out",
  );
});
