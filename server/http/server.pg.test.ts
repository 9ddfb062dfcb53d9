import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";

import { createSessions } from "#server/auth/sessions.ts";
import { testApi, type TestApi } from "#tests/support/api.ts";

import { startWeb, type WebServerDependencies } from "./server.ts";

let world: TestApi;
beforeAll(async () => void (world = await testApi()));
afterAll(() => world.close());

const dependencies = (): WebServerDependencies => ({
  db: world.db,
  authority: world.authority,
  jobs: world.jobs,
  trail: { trouble: () => Promise.resolve(undefined) },
  submit: world.submit,
  sessions: createSessions(world.db, false),
  incarnation: () => Promise.resolve("test.1"),
  log: pino({ level: "silent" }),
  host: "127.0.0.1",
  port: 0,
});

test("it answers on its port until it is closed, sockets with it", async () => {
  const closed: string[] = [];
  const web = await startWeb({ ...dependencies(), attachSync: () => ({ close: () => void closed.push("sync") }) });

  expect((await fetch(`${web.url}/healthz`)).status).toBe(200);
  await web.close();
  expect(closed).toEqual(["sync"]);
  await expect(fetch(`${web.url}/healthz`)).rejects.toThrow("fetch failed");
});

test("a port in use is told, and nothing stays behind", async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const { port } = taken.address() as AddressInfo;

  await expect(startWeb({ ...dependencies(), port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  taken.close();
});
