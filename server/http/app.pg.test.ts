import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { API_ROOT } from "#shared/protocol/http/endpoints.ts";
import { allEndpoints as endpoints } from "#shared/protocol/http/later-endpoints.ts";
import { testApi, type TestApi } from "#tests/support/api.ts";

const folder = mkdtempSync(join(tmpdir(), "folkmoot-client-"));
let world: TestApi;
beforeAll(async () => {
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>Folkmoot</title>");
  writeFileSync(join(folder, "assets", "main-abc123.js"), "export {};");
  world = await testApi({ clientFolder: folder });
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

/** The whole API: reports are a table of their own. */

const get = (url: string, accept = "text/html") => world.app.inject({ url, headers: { accept } });

interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: object };
}

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, unknown>>;
}

test("the description lists every endpoint, under its name, with what it takes and answers", async () => {
  const description = (await get("/api/openapi.json", "application/json")).json<Description>();

  expect(description.openapi).toBe("3.1.0");
  for (const [name, { method, path }] of Object.entries(endpoints)) {
    const operation = description.paths[`${API_ROOT}${path.replaceAll(/:(\w+)/g, "{$1}")}`]?.[method.toLowerCase()];
    expect(operation, `${method} ${path}`).toMatchObject({ operationId: name, summary: expect.any(String) });
    expect(Object.keys(operation?.responses ?? {})).toContain("4XX");
  }
  const operations = Object.values(description.paths).flatMap((path) => Object.keys(path));
  expect(operations).toHaveLength(Object.keys(endpoints).length);
  const named = Object.keys(description.components.schemas);
  const referred = new Set([...JSON.stringify(description.paths).matchAll(/schemas\/(\w+)"/g)].map(([, name]) => name));
  expect(named.filter((name) => !referred.has(name))).toEqual([]);
  expect(description).toMatchObject({
    paths: {
      "/api/v1/channels/{id}": {
        get: {
          responses: { 200: { content: { "application/json": { schema: { $ref: "#/components/schemas/Channel" } } } } },
        },
      },
    },
  });
});

test("the documentation comes whole from this server", async () => {
  const page = await get("/docs/");
  expect(page.statusCode).toBe(200);
  expect(page.body.match(/(?:src|href)="(?:https?:)?\/\/[^"]+"/g)).toBeNull();
  expect((await get("/docs/js/scalar.js")).statusCode).toBe(200);
});

test("every address opens the client, what belongs to the API is a problem", async () => {
  expect((await get("/channels/general")).body).toContain("<title>Folkmoot</title>");
  expect((await get("/assets/main-abc123.js")).headers["cache-control"]).toContain("immutable");
  expect((await get("/")).headers["cache-control"]).toBe("no-cache");
  for (const url of ["/api/v1/nothing", "/api/", "/assets/gone.js"]) {
    const response = await get(url, url.startsWith("/api") ? "text/html" : "*/*");
    expect(response.json(), url).toMatchObject({ status: 404, code: "not-found" });
  }
});

test.for([
  ["no origin", {}],
  ["another site", { origin: "https://evil.example" }],
  ["another port", { origin: "https://talk.example:8443" }],
  ["a page of ours inside another site", { origin: "https://talk.example", "sec-fetch-site": "cross-site" }],
  ["a sibling", { origin: "https://talk.example", "sec-fetch-site": "same-site" }],
  ["an origin without a name", { origin: "null" }],
] as const)("a request that changes something is refused from %s", async ([, headers]) => {
  const response = await world.app.inject({
    method: "POST",
    url: "/api/v1/sign-out",
    headers: { host: "talk.example", ...headers },
  });
  expect(response.json()).toMatchObject({ status: 403, code: "foreign-origin" });
});

test("a page may load nothing from elsewhere and be framed by nobody", async () => {
  const policy = String((await get("/")).headers["content-security-policy"]);
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("http");
});

test.for([
  ["what is not JSON", "text/plain", "hello", 415, "wrong-type"],
  ["broken JSON", "application/json", "{", 400, "invalid"],
  ["what is too large", "application/json", JSON.stringify({ login: "a".repeat(70_000) }), 413, "too-large"],
  [
    "what nobody asked for",
    "application/json",
    JSON.stringify({ login: "a", password: "b", admin: true }),
    400,
    "invalid",
  ],
] as const)("%s is a problem", async ([, type, payload, status, code]) => {
  const headers = { host: "talk.example", origin: "https://talk.example", "content-type": type };
  const response = await world.app.inject({ method: "POST", url: "/api/v1/sign-in", headers, payload });
  expect(response.json()).toMatchObject({ status, code, detail: expect.any(String) });
});

test("health is told without a session", async () => {
  expect((await get("/healthz")).json()).toEqual({ ok: true });
  expect((await get("/readyz")).json()).toEqual({ ok: true });
});
