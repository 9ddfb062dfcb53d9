import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { logDocument } from "#shared/documents/names.ts";
import { homeOf } from "#shared/ids.ts";
import { ringAuthority } from "#server/communities/authority-bell.ts";
import { valueOf } from "#tests/support/api.ts";
import { until } from "#tests/support/until.ts";
import { world, type Person, type World } from "#tests/support/world.ts";

import { endClients, hocuspocusClient, rawSocket, yjsClient } from "./support/clients.ts";

let server: World;
let alice: Person;
let bob: Person;
beforeAll(async () => {
  server = await world();
  [alice, bob] = [await server.person("Alice"), await server.person("Bob")];
});
afterAll(() => server.close());
afterEach(endClients);

const sockets = (): string => server.url().replace("http", "ws");
const homeDocument = ({ id }: Person): string => logDocument("user", homeOf(id), 1);
const tokenOf = async ({ api }: Person, expiresAt?: number) => valueOf(await api.makeToken({ name: "Bot", expiresAt }));

/** One client of each kind, in its person's home. */
async function both(who: Person, token: string) {
  const yjs = yjsClient(sockets(), token, homeDocument(who));
  const hocuspocus = hocuspocusClient(sockets(), token, homeDocument(who));
  await until(() => yjs.isSynced() && hocuspocus.isSynced());
  return { yjs, hocuspocus };
}

/** Both are told that it is over, and neither gets in again. */
async function bothAreOut({ yjs, hocuspocus }: Awaited<ReturnType<typeof both>>): Promise<void> {
  await until(() => yjs.isOut() && hocuspocus.denied.length > 0);
  expect(yjs.denied).toEqual(["session-ended"]);
  expect(yjs.closed).toEqual(["4401 session-ended"]);
  expect(hocuspocus.closed[0]).toBe("4401 session-ended");
  expect(hocuspocus.denied[0]).toBe("signed-out");
}

async function bothAreTurnedAway(token: string): Promise<void> {
  const yjs = yjsClient(sockets(), token, homeDocument(alice));
  const hocuspocus = hocuspocusClient(sockets(), token, homeDocument(alice));
  await until(() => yjs.isOut() && hocuspocus.denied.length > 0);
  expect([yjs.denied, hocuspocus.denied.slice(0, 1)]).toEqual([["signed-out"], ["signed-out"]]);
}

test("a token that is revoked closes what it has opened, and opens nothing more", async () => {
  const { token, handle } = await tokenOf(alice);
  const clients = await both(alice, token);
  const others = await both(bob, (await tokenOf(bob)).token);
  valueOf(await alice.api.revokeToken({ handle }));
  await bothAreOut(clients);
  await bothAreTurnedAway(token);
  expect([...others.yjs.closed, ...others.hocuspocus.closed]).toEqual([]);
});

test("what is no token opens nothing, and neither does a session's cookie", async () => {
  const { token } = await tokenOf(alice);
  for (const wrong of ["", "nonsense", `${token}x`, "a".repeat(5_000), "' or 1=1 --", "\0"])
    await bothAreTurnedAway(wrong);
});

test("a token's day comes while it is in use", async () => {
  const { token } = await tokenOf(alice, Date.now() + 1_500);
  await bothAreOut(await both(alice, token));
});

test("a new password closes what tokens have opened", async () => {
  const carol = await server.person("Carol");
  const clients = await both(carol, (await tokenOf(carol)).token);
  valueOf(await carol.api.changePassword({ current: "correct horse battery", password: "another one, long" }));
  await bothAreOut(clients);
});

test("a person who is disabled loses what their tokens have opened", async () => {
  const dave = await server.person("Dave");
  const clients = await both(dave, (await tokenOf(dave)).token);
  await server.db.updateTable("person").set({ disabled_at: new Date() }).where("id", "=", dave.id).execute();
  await ringAuthority(server.db, { people: [dave.id], communities: [], channels: [], sessions: [] });
  await bothAreOut(clients);
});

test("one socket belongs to the first token that it shows", async () => {
  const [one, other] = [await tokenOf(alice), await tokenOf(bob)];
  const first = hocuspocusClient(sockets(), one.token, homeDocument(alice));
  await until(first.isSynced);
  const second = hocuspocusClient(
    sockets(),
    other.token,
    homeDocument(bob),
    first.provider.configuration.websocketProvider,
  );
  await until(() => second.denied.length > 0);
  expect(second.denied).toEqual(["signed-out"]);
  expect(first.closed).toEqual([]);
});

test("a cookie is not believed where no page is named, and a page of another site not at all", async () => {
  const response = await fetch(`${server.url()}/api/v1/sign-in`, {
    method: "POST",
    headers: { origin: server.url(), "content-type": "application/json" },
    body: JSON.stringify({ login: "alice", password: "correct horse battery" }),
  });
  const cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const withCookie = hocuspocusClient(sockets(), "", homeDocument(alice), { cookie });
  await until(() => withCookie.denied.length > 0);
  expect(withCookie.denied).toEqual(["signed-out"]);

  const page = hocuspocusClient(sockets(), "", homeDocument(alice), { cookie, origin: server.url() });
  await until(page.isSynced);
  await expect(rawSocket(`${sockets()}/collab`, { cookie, origin: "https://evil.example" })).rejects.toThrow("403");
  await expect(rawSocket(`${sockets()}/collab`, { origin: server.url() })).rejects.toThrow("401");
});

test("a token belongs to one incarnation of the server", async () => {
  const { token } = await tokenOf(alice);
  await both(alice, token);
  await server.stop();
  server.become("second");
  await server.start();
  await bothAreTurnedAway(token);
  expect(valueOf(await alice.api.tokens()).tokens.filter(({ works }) => works)).toEqual([]);
  const { yjs, hocuspocus } = await both(alice, (await tokenOf(alice)).token);
  expect([...yjs.closed, ...hocuspocus.closed]).toEqual([]);
  server.become("first");
});
