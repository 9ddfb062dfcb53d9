import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import { testApi, type TestApi } from "#tests/support/api.ts";

import { described, requestFor, type Operation } from "./described.ts";
import { settle, type Places } from "./places.ts";

const REQUESTS = 10_000;
/** As many are on their way together. */
const AT_ONCE = 50;
const HEADERS = { host: "talk.example", origin: "https://talk.example" };

/** Not asked: it would sign the asker out, and everything after it would stop at the door. */
const LEFT_OUT = new Set(["signOut", "changePassword"]);

let world: TestApi;
let places: Places;
let operations: readonly Operation[];
let cookie: string;

beforeAll(async () => {
  world = await testApi();
  places = await settle(world, "deleteCommunity");
  // What takes nothing cannot be asked badly.
  operations = (await described(world.app)).filter(
    ({ name, params, query, body }) => !LEFT_OUT.has(name) && (params.length + query.length > 0 || body !== undefined),
  );
  const payload = { login: places.alice.me.login, password: "correct horse battery" };
  const response = await world.app.inject({ method: "POST", url: "/api/v1/sign-in", headers: HEADERS, payload });
  cookie = response.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
});
afterAll(() => world.close());

/** Texts that have hurt programs before. */
const nasty = fc.constantFrom(
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "\u202etxt.exe",
  "'; drop table person; --",
  "%",
  "%00",
  "../../etc/passwd",
  "__proto__",
  "constructor",
  "null",
  "NaN",
  "-1",
  "1e400",
  "9".repeat(400),
  "\u{1f469}\u200d\u{1f4bb}".repeat(50),
  "${7*7}",
  "[]",
  "{}",
);

const known = () => [places.community, places.channel, places.hidden, places.group, places.bob.me.id, places.carol];

const text = () =>
  fc.oneof(nasty, fc.string({ unit: "binary", maxLength: 200 }), fc.constantFrom(...known()), fc.uuid());
const leaf = () =>
  fc.oneof(text(), fc.double(), fc.integer(), fc.maxSafeInteger(), fc.boolean(), fc.constant(null), fc.constant(-0));
const value = () =>
  fc.oneof(
    { weight: 4, arbitrary: leaf() },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
    {
      weight: 1,
      arbitrary: fc.array(leaf(), { maxLength: 5 }),
    },
  );

/** Any endpoint with any values in the places that it has, some of them what they should be, and some that it has not. */
function request() {
  return fc.constantFrom(...operations).chain((operation) => {
    const fields = [...operation.params, ...operation.query, ...Object.keys(operation.body?.properties ?? {})];
    const named = Object.fromEntries(
      fields.map((field) => [
        field,
        operation.params.includes(field) ? text() : fc.option(value(), { nil: undefined }),
      ]),
    );
    return fc
      .tuple(fc.record(named), fc.option(fc.tuple(fc.string({ maxLength: 12 }), value()), { nil: undefined, freq: 6 }))
      .map(([input, extra]) => ({ operation, input: { ...input, ...(extra && { [extra[0]]: extra[1] }) } }));
  });
}

test("ten thousand bad requests are told what is wrong with them, and none breaks anything", async () => {
  const broken: unknown[] = [];
  const statuses = new Map<number, number>();
  let count = 0;

  async function ask({ operation, input }: { readonly operation: Operation; readonly input: object }): Promise<void> {
    count += 1;
    const from = `10.${8 + (count % 40)}.${count % 199}.7`;
    const sent = requestFor(operation, input as Record<string, unknown>);
    const response = await world.app.inject({ ...sent, headers: { ...HEADERS, "x-forwarded-for": from, cookie } });
    statuses.set(response.statusCode, (statuses.get(response.statusCode) ?? 0) + 1);
    if (response.statusCode >= 500) broken.push({ name: operation.name, input, status: response.statusCode });
  }

  const requests = fc.sample(request(), { numRuns: REQUESTS, seed: 20_261_128 });
  for (let at = 0; at < requests.length; at += AT_ONCE)
    await Promise.all(requests.slice(at, at + AT_ONCE).map((one) => ask(one)));

  expect(broken).toEqual([]);
  expect(count).toBe(REQUESTS);
  // Some of them were right: what lies behind the door was reached too.
  expect((statuses.get(200) ?? 0) + (statuses.get(204) ?? 0)).toBeGreaterThan(100);
  expect(statuses.get(400) ?? 0).toBeGreaterThan(1_000);
  expect((await world.app.inject({ url: "/readyz" })).statusCode).toBe(200);
}, 120_000);
