import { Readable } from "node:stream";

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { kindOf, testApi, valueOf, type Browser, type TestApi } from "#tests/support/api.ts";

let world: TestApi;
let alice: Browser;
let mallory: Browser;

beforeAll(async () => {
  world = await testApi();
  alice = await world.admin("Alice");
  mallory = await world.admin("Mallory");
});
afterAll(() => world.close());

beforeEach(async () => {
  valueOf(await alice.api.changeAccount({ id: mallory.me.id, platformAdmin: true, disabled: false }));
  if (kindOf(await mallory.api.me()) === "signed-out")
    valueOf(await mallory.api.signIn({ login: "mallory", password: "correct horse battery" }));
});

/** Mallory's request, whose body comes only after something has happened to her. */
async function heldBack(
  method: string,
  path: string,
  body: object,
  meanwhile: () => Promise<unknown>,
): Promise<number> {
  async function* pieces() {
    await meanwhile();
    yield JSON.stringify(body);
  }
  const { status } = await mallory.fetch(`/api/v1${path}`, {
    method,
    headers: { "content-type": "application/json", "transfer-encoding": "chunked" },
    body: Readable.from(pieces()) as never,
  });
  return status;
}

const demoted = async () => valueOf(await alice.api.changeAccount({ id: mallory.me.id, platformAdmin: false }));
const disabled = async () => valueOf(await alice.api.changeAccount({ id: mallory.me.id, disabled: true }));

test("whoever is an admin until the body has come is obeyed", async () => {
  expect(await heldBack("PATCH", "/admin/settings", { name: "The moot" }, () => Promise.resolve())).toBe(200);
});

test("whoever is demoted while they hold a body back does not make themselves an admin with it", async () => {
  expect(await heldBack("PATCH", `/accounts/${mallory.me.id}`, { platformAdmin: true }, demoted)).toBe(404);
  expect(valueOf(await mallory.api.me()).platformAdmin).toBe(false);
});

test("whoever is disabled while they hold a body back does not enable themselves with it", async () => {
  expect(await heldBack("PATCH", `/accounts/${mallory.me.id}`, { disabled: false }, disabled)).toBe(401);
  expect(valueOf(await alice.api.account({ id: mallory.me.id })).account.disabledAt).toBeDefined();
});

test("a body that was held back changes nothing else either", async () => {
  const { id } = valueOf(await alice.api.createCommunity({ name: "Northern Networks" }));
  expect(await heldBack("PATCH", "/admin/settings", { name: "Mallory's" }, demoted)).toBe(404);
  expect(valueOf(await alice.api.settings()).name).not.toBe("Mallory's");
  await world.db.updateTable("person").set({ platform_admin: true }).where("id", "=", mallory.me.id).execute();
  const order = { name: "Northern Networks" };
  expect(await heldBack("POST", `/communities/${id}/deletion`, order, demoted)).toBe(404);
  expect(valueOf(await alice.api.deletion({ id })).deleteAt).toBeUndefined();
});

test("a session that was ended while a body was held back is one that was ended", async () => {
  const ended = async () => valueOf(await alice.api.endSessions({ id: mallory.me.id }));
  expect(await heldBack("PATCH", "/admin/settings", { name: "Mallory's" }, ended)).toBe(401);
  expect(valueOf(await alice.api.settings()).name).not.toBe("Mallory's");
});

test("whoever may found communities no more does not with a body that was held back", async () => {
  const found = async (name: string, meanwhile: () => Promise<unknown>) =>
    heldBack("POST", "/communities", { name }, meanwhile);
  expect(await found("Everybody's", disabled)).toBe(403);
  valueOf(await alice.api.changeAccount({ id: mallory.me.id, disabled: false }));
  valueOf(await mallory.api.signIn({ login: "mallory", password: "correct horse battery" }));
  valueOf(await alice.api.changeSettings({ founding: "admins" }));
  expect(await found("An admin's", () => Promise.resolve())).toBe(200);
  expect(await found("Nobody's", demoted)).toBe(403);
  const { communities } = valueOf(await alice.api.adminCommunities({}));
  const names = communities.map(({ name }) => name);
  expect(names).toContain("An admin's");
  expect(names).not.toContain("Nobody's");
  expect(names).not.toContain("Everybody's");
});
