import { expect, test } from "vitest";

import type { ChannelId } from "#shared/ids.ts";

import { createApi } from "./create-api.ts";

interface Sent {
  readonly url: string;
  readonly init: RequestInit | undefined;
}

/** An API in front of a server that answers one thing, and what was sent to it. */
function apiAnswering(response: () => Response) {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = (url, init) => {
    sent.push({ url: url as string, init });
    return Promise.resolve().then(response);
  };
  return { api: createApi({ fetch }), sent };
}

const CHANNEL = "0192f0c1-0000-7000-8000-000000000001" as ChannelId;

test("names go into the path, the rest into the body", async () => {
  const { api, sent } = apiAnswering(() => new Response(null, { status: 204 }));
  await api.letIn({ id: CHANNEL, people: [] });

  expect(sent[0]?.url).toBe(`/api/v1/channels/${CHANNEL}/participants`);
  expect(sent[0]?.init).toMatchObject({ method: "POST", body: `{"people":[]}` });
});

test("a query is written into the address, without what is undefined", async () => {
  const { api, sent } = apiAnswering(() => Response.json({ hits: [] }));
  const answer = await api.search({ q: "mounts & disks", cursor: undefined });

  expect(sent[0]?.url).toBe("/api/v1/search?q=mounts+%26+disks");
  expect(answer).toEqual({ ok: true, value: { hits: [] } });
});

test("no network is a problem like any other, not an exception", async () => {
  const { api } = apiAnswering(() => {
    throw new TypeError("failed to fetch");
  });
  expect(await api.me()).toMatchObject({ ok: false, problem: { kind: "offline" } });
});

test("the server's problem keeps its code, its text and its fields", async () => {
  const fields = [{ field: "password", problem: "too-short" }];
  const { api } = apiAnswering(() =>
    Response.json({ code: "invalid", detail: "Nothing was changed.", fields }, { status: 400 }),
  );

  expect(await api.me()).toEqual({
    ok: false,
    problem: { kind: "invalid", detail: "Nothing was changed.", fields, retryAfter: undefined },
  });
});

test.for([
  ["a portal's page", () => new Response("<h1>Welcome to the hotel</h1>")],
  ["a broken proxy", () => new Response("Bad gateway", { status: 502 })],
  ["an answer of another shape", () => Response.json({ id: 4 })],
] as const)("%s is unreadable", async ([, response]) => {
  const { api } = apiAnswering(response);
  expect(await api.me()).toMatchObject({ ok: false, problem: { kind: "unreadable" } });
});
