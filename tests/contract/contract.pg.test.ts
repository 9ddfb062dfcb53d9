import type { InjectOptions } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";

import { problems, type Problem } from "#shared/protocol/problems.ts";
import { testApi, type TestApi } from "#tests/support/api.ts";

import { described, requestFor, type Operation } from "./described.ts";
import { exampleOf, examples, settle } from "./places.ts";

const HEADERS = { host: "talk.example", origin: "https://talk.example" };
const NOBODYS = "01900000-0000-7000-8000-000000000000";

let world: TestApi;
let operations: readonly Operation[];
const cookies = new Map<string, string>();

beforeAll(async () => {
  world = await testApi();
  operations = await described(world.app);
});
afterAll(() => world.close());

let address = 0;

/** From an address of its own, so that limits by address concern the test alone that is about them. */
async function send(request: InjectOptions, cookie = ""): Promise<{ readonly status: number; readonly body: Problem }> {
  address += 1;
  const from = { "x-forwarded-for": `10.9.${Math.trunc(address / 250)}.${address % 250}` };
  const response = await world.app.inject({ ...request, headers: { ...HEADERS, ...from, cookie } });
  const isJson = /json(;|$)/.test(String(response.headers["content-type"])) && response.body !== "";
  return {
    status: response.statusCode,
    body: (isJson ? response.json() : {}) as Problem,
  };
}

/** The cookie with which somebody is signed in. */
async function cookieOf(login: string): Promise<string> {
  const known = cookies.get(login);
  if (known !== undefined) return known;
  const payload = { login, password: "correct horse battery" };
  const response = await world.app.inject({ method: "POST", url: "/api/v1/sign-in", headers: HEADERS, payload });
  const cookie = response.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  cookies.set(login, cookie);
  return cookie;
}

const isProblem = ({ status, body }: { readonly status: number; readonly body: Problem }): boolean =>
  body.status === status && body.code in problems && body.detail.length > 10;

/** Their examples leave behind what the others do not expect: nobody who runs the place, a community to be deleted. */
const LAST = ["keepCommunity", "becomeFirstAdmin"];

/** Endpoints with an example each, in one place, asked by whoever runs it and owns what there is. */
async function eachExample(
  asked: readonly Operation[],
  act: (operation: Operation, input: Readonly<Record<string, unknown>>, cookie: string) => Promise<void>,
): Promise<void> {
  const places = await settle(world, "becomeFirstAdmin");
  const cookie = await cookieOf(places.alice.me.login);
  for (const operation of asked.toSorted((a, b) => LAST.indexOf(a.name) - LAST.indexOf(b.name))) {
    const { input } = await exampleOf(operation.name)(places, world);
    await act(operation, input, cookie);
  }
}

test("every endpoint of the description is asked here", () => {
  expect(operations.map(({ name }) => name).toSorted()).toEqual(Object.keys(examples).toSorted());
});

test("every endpoint that reads answers what it is asked, in the form that it describes", async () => {
  const wrong: string[] = [];
  const reading = operations.filter(({ method }) => method === "GET");
  await eachExample(reading, async (operation, input, cookie) => {
    const { status, body } = await send(requestFor(operation, input), cookie);
    // An answer of another form than the one described is a failure of the server.
    if (status !== 200) wrong.push(`${operation.name}: ${status} ${JSON.stringify(body)}`);
  });
  expect(wrong).toEqual([]);
});

test("nobody who is signed out gets anything but what is open, and learns nothing of what would have been valid", async () => {
  for (const operation of operations.filter(({ open }) => !open)) {
    const filled = Object.fromEntries(operation.params.map((name) => [name, "x"]));
    const answer = await send({
      ...requestFor(operation, filled),
      ...(operation.body && { payload: { nonsense: 1 } }),
    });
    expect({ name: operation.name, code: answer.body.code }).toEqual({ name: operation.name, code: "signed-out" });
  }
});

test("for whoever does not run the place there is no administration", async () => {
  const { bob } = await settle(world, "");
  const cookie = await cookieOf(bob.me.login);
  const administration = operations.filter(({ forAdmins }) => forAdmins);
  expect(administration.length).toBeGreaterThan(12);
  for (const operation of administration) {
    const filled = Object.fromEntries(operation.params.map((name) => [name, bob.me.id]));
    const answer = await send(requestFor(operation, filled), cookie);
    expect({ name: operation.name, ...answer }).toMatchObject({
      name: operation.name,
      status: 404,
      body: { code: "not-found" },
    });
  }
});

test("what is not there and what one may not see are one answer, wherever an id is named", async () => {
  const wrong: string[] = [];
  const named = operations.filter(({ params }) => params.length > 0);
  await eachExample(named, async (operation, input, cookie) => {
    for (const say of [unknown, () => "no id!"]) {
      const nothing = Object.fromEntries(operation.params.map((name) => [name, say(name)]));
      const answer = await send(requestFor(operation, { ...input, ...nothing }), cookie);
      if (answer.status !== 404 || !isProblem(answer)) wrong.push(`${operation.name}: ${answer.status}, ${say("id")}`);
    }
  });
  expect(wrong).toEqual([]);

  // What is somebody else's, in a community that nobody finds.
  const { community } = await settle(world, "becomeFirstAdmin");
  await world.db.updateTable("community").set({ access: "invitation" }).where("id", "=", community).execute();
  const stranger = await world.person("Mallory");
  const theirs = await cookieOf(stranger.me.login);
  const within = operations.filter(({ path, forAdmins }) => path.includes("/communities/{id}") && !forAdmins);
  expect(within.length).toBeGreaterThan(10);
  await eachExample(within, async (operation, input) => {
    const answer = await send(requestFor(operation, { ...input, id: community }), theirs);
    expect({ name: operation.name, code: answer.body.code }).toEqual({ name: operation.name, code: "not-found" });
  });
});

const unknown = (name: string): string => (name === "token" ? "a".repeat(32) : name === "job" ? "none" : NOBODYS);

test("whatever is missing, too much, of a wrong type or too long is refused with the field that is wrong", async () => {
  const wrong: string[] = [];
  const taking = operations.filter(({ body }) => body !== undefined);
  await eachExample(taking, async (operation, input, cookie) => {
    const request = requestFor(operation, input);
    const body = request.payload as Record<string, unknown>;
    const expectField = async (payload: unknown, field: string | undefined, what: string): Promise<void> => {
      const answer = await send({ ...request, payload: payload as object }, cookie);
      const fields = answer.body.fields?.map((one) => one.field) ?? [];
      if (answer.status !== 400 || !isProblem(answer) || (field !== undefined && !fields.includes(field)))
        wrong.push(`${operation.name}, ${what}: ${answer.status} ${fields.join()}`);
    };
    await expectField({ ...body, nobodyAskedForThis: 1 }, undefined, "one field too many");
    for (const field of operation.body?.required ?? []) {
      const { [field]: _gone, ...rest } = body;
      await expectField(rest, field, `without ${field}`);
    }
    for (const field of Object.keys(operation.body?.properties ?? {})) {
      await expectField({ ...body, [field]: { toString: null } }, field, `${field} of a wrong type`);
      const { type } = operation.body?.properties?.[field] ?? {};
      if (type === "string") await expectField({ ...body, [field]: "x".repeat(20_000) }, field, `${field} too long`);
    }
  });
  expect(wrong).toEqual([]);
}, 90_000);

test("more than the server takes is told as that, by every endpoint that takes anything", async () => {
  const { alice } = await settle(world, "");
  const cookie = await cookieOf(alice.me.login);
  for (const operation of operations.filter(({ body }) => body !== undefined)) {
    const filled = Object.fromEntries(operation.params.map((name) => [name, NOBODYS]));
    const answer = await send({ ...requestFor(operation, filled), payload: { text: "x".repeat(70_000) } }, cookie);
    expect({ name: operation.name, status: answer.status }).toEqual({ name: operation.name, status: 413 });
  }
});

test("whoever asks too often is told when to come back", async () => {
  const { alice } = await settle(world, "");
  const cookie = await cookieOf(alice.me.login);
  const ask = () =>
    world.app.inject({ url: "/api/v1/me", headers: { ...HEADERS, "x-forwarded-for": "10.99.0.1", cookie } });
  const answers = await Promise.all(Array.from({ length: 1_205 }, ask));
  const refused = answers.filter(({ statusCode }) => statusCode === 429);
  expect(refused.length).toBeGreaterThanOrEqual(5);
  expect(refused[0]?.json()).toMatchObject({ status: 429, code: "rate" });
}, 90_000);
