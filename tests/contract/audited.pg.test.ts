import { afterAll, beforeAll, expect, test } from "vitest";

import { allEndpoints } from "#shared/protocol/http/later-endpoints.ts";
import { testApi, valueOf, type Api, type TestApi } from "#tests/support/api.ts";

import { described, type Operation } from "./described.ts";
import { exampleOf, settle } from "./places.ts";

/** What changes something and is no act of authority: one's own things, and what people say to each other. */
const NO_ACTS = new Set([
  "signIn",
  "signInByLink",
  "signOut",
  "changeMe",
  "knownEntries",
  "startConversation",
  "nameConversation",
  "addToConversation",
  "leaveConversation",
  "sendMessage",
]);

let world: TestApi;
let operations: readonly Operation[];

beforeAll(async () => {
  world = await testApi();
  operations = await described(world.app);
});
afterAll(() => world.close());

const acts = async (): Promise<number> =>
  (
    await world.db
      .selectFrom("audit_act")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow()
  ).count;

const call = (api: Api, name: string, input: object) =>
  (api as unknown as Readonly<Record<string, (input: object) => ReturnType<Api["me"]>>>)[name]?.(input);

test("every endpoint that changes something leaves an act in the audit trail, or is known to be no act of authority", async () => {
  const changing = operations.filter(({ method }) => method !== "GET");
  expect(changing.length).toBeGreaterThan(30);
  const wrong: string[] = [];

  for (const { name } of changing) {
    const places = await settle(world, name);
    const { input, as = places.alice } = await exampleOf(name)(places, world);
    const before = await acts();
    const answer = await call(as.api, name, input);
    expect(answer, name).toMatchObject({ ok: true });
    const left = (await acts()) - before;
    if (left > 0 === NO_ACTS.has(name)) wrong.push(`${name} left ${left} acts`);
  }
  expect(wrong).toEqual([]);
  for (const name of NO_ACTS) expect(Object.keys(allEndpoints)).toContain(name);
}, 120_000);

test("no act holds a secret or what somebody said", async () => {
  const { alice, bob, community } = await settle(world, "");
  const { token } = valueOf(await alice.api.invite({ id: community }));
  const link = valueOf(await alice.api.makeResetLink({ id: bob.me.id }));
  const program = valueOf(await alice.api.makeToken({ name: "a bot" }));
  valueOf(await alice.api.changeCommunity({ id: community, description: "xyzzy in the description" }));

  const rows = JSON.stringify(await world.db.selectFrom("audit_act").selectAll().execute());
  for (const secret of [token, link.token, program.token, "correct horse", "swordfish", "xyzzy"])
    expect(rows).not.toContain(secret);
});
