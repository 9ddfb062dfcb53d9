import { chmodSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { announcedDatabase } from "#server/database/data-directory.ts";
import {
  processesOf,
  startServer,
  temporaryInstallation,
  type ServerProcess,
  type StartOptions,
} from "#tests/support/server-process.ts";

let installation: ReturnType<typeof temporaryInstallation>;

beforeEach(() => {
  installation = temporaryInstallation();
});

afterEach(() => installation.remove());

const start = (options: Partial<StartOptions> = {}): ServerProcess =>
  startServer({ dataDirectory: installation.path, ...options });

/** What a start that fails says, and its exit status. */
async function refusal(options: Partial<StartOptions> = {}): Promise<{ readonly code: number; readonly said: string }> {
  const server = start(options);
  const code = await server.exit;
  return { code, said: server.output().trim() };
}

const everythingIsGone = () => expect.poll(() => processesOf(installation.path), { timeout: 10_000 }).toEqual([]);

test("it ends at an address that works, with a link for the first admin", async () => {
  const server = start();
  const url = await server.open;
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(server.output()).toContain(`${url}/first-admin#`);
});

test("a second start with data makes nothing again, and knows the same secrets", async () => {
  const first = start();
  await first.open;
  const secrets = () =>
    ["digest.key", "installation.id"].map((name) => readFileSync(join(installation.path, "secrets", name), "utf8"));
  const before = secrets();
  first.signal("SIGTERM");
  expect(await first.exit).toBe(0);

  expect(first.output()).toMatch(/migrations? applied/);
  const second = start();
  await second.open;
  expect(second.output()).not.toMatch(/migrations? applied|Client built/);
  expect(secrets()).toEqual(before);
});

test("secrets are for their owner alone", async () => {
  await start().open;
  const modeOf = (...path: string[]) => statSync(join(installation.path, ...path)).mode & 0o777;
  expect(modeOf("secrets")).toBe(0o700);
  expect(modeOf("secrets", "digest.key")).toBe(0o600);
  expect(modeOf("secrets", "installation.id")).toBe(0o600);
});

test("a path that is too long for a socket is no hindrance", async () => {
  const dataDirectory = join(installation.path, "a".repeat(90), "b".repeat(90));
  await start({ dataDirectory }).open;
});

test.runIf(process.getuid?.() === 0)("an ordinary user can start it too", async () => {
  const dataDirectory = join(installation.path, "own");
  mkdirSync(dataDirectory);
  chmodSync(installation.path, 0o755);
  chmodSync(dataDirectory, 0o777);
  await start({ dataDirectory, under: ["setpriv", "--reuid=daemon", "--regid=daemon", "--clear-groups"] }).open;
});

test.for<NodeJS.Signals>(["SIGINT", "SIGTERM", "SIGHUP"])(
  "%s ends it in order, quickly, and leaves nothing running",
  async (signal) => {
    const server = start();
    await server.open;
    const began = performance.now();
    server.signal(signal);
    expect(await server.exit).toBe(0);
    expect(performance.now() - began).toBeLessThan(5_000);
    await everythingIsGone();
  },
);

test.for([
  ["the launcher", /launch\.mjs/],
  ["the server", /server\/main\.ts/],
  ["PostgreSQL", /bin\/postgres/],
] as const)("when %s is killed nothing stays behind, and the next start works", async ([, part]) => {
  const server = start();
  await server.open;
  const { pid } = processesOf(installation.path).find(({ command }) => part.test(command)) ?? { pid: 0 };
  expect(pid).toBeGreaterThan(0);
  process.kill(pid, "SIGKILL");
  await server.exit;
  await everythingIsGone();

  const next = start();
  expect((await fetch(`${await next.open}/healthz`)).status).toBe(200);
});

test.runIf(process.platform === "linux")("when npm itself is killed nothing stays behind either", async () => {
  await start({ command: ["npm", "start"] }).open;
  const npm = processesOf(installation.path).find(({ command }) => command.startsWith("npm start"))?.pid ?? 0;
  expect(npm).toBeGreaterThan(0);
  process.kill(npm, "SIGKILL");
  await everythingIsGone();
});

test("a worker that is killed is started again", async () => {
  const worker = () => processesOf(installation.path).find(({ command }) => command.includes("server/worker.ts"))?.pid;
  await start().open;
  const first = worker() ?? 0;
  process.kill(first, "SIGKILL");
  await expect.poll(worker, { timeout: 10_000 }).not.toBeOneOf([first, undefined]);
});

test("pages and worker run apart on a database that they are given", async () => {
  await start().open;
  const DATABASE_URL = announcedDatabase(installation.path) ?? "";
  const web = start({ dataDirectory: join(installation.path, "web"), environment: { DATABASE_URL, ROLE: "web" } });
  expect((await fetch(`${await web.open}/readyz`)).status).toBe(200);

  const worker = start({
    dataDirectory: join(installation.path, "worker"),
    environment: { DATABASE_URL, ROLE: "worker" },
  });
  await expect.poll(() => worker.output(), { timeout: 20_000 }).toContain("The worker is running.");
  web.signal("SIGTERM");
  worker.signal("SIGTERM");
  expect(await Promise.all([web.exit, worker.exit])).toEqual([0, 0]);
});

test("a second one on the same data directory is told", async () => {
  await start().open;
  const { code, said } = await refusal();
  expect(said).toBe(`Another Folkmoot is running on ${installation.path}: stop it, or choose another DATA_DIR.`);
  expect(code).toBe(1);
});

test("a port in use is told", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as AddressInfo;
  const { code, said } = await refusal({ environment: { PORT: String(port) } });
  other.close();
  expect(said).toBe(`Cannot listen on port ${port} of 127.0.0.1: another program uses it; choose another PORT.`);
  expect(code).toBe(1);
  await everythingIsGone();
});

test("a wrong setting is told before anything is touched", async () => {
  const { code, said } = await refusal({ environment: { PORT: "threethousand" } });
  expect(said).toBe('PORT must be a whole number from 0 to 65535, not "threethousand".');
  expect(code).toBe(1);
});

test("a database that cannot be reached is told", async () => {
  const { code, said } = await refusal({ environment: { DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" } });
  expect(said).toMatch(/^The database that DATABASE_URL names cannot be used: .*ECONNREFUSED.*\.$/);
  expect(code).toBe(1);
});

test("a Redis that cannot be reached is told, and no hindrance", async () => {
  const server = start({ environment: { REDIS_URL: "redis://127.0.0.1:1" } });
  expect((await fetch(`${await server.open}/readyz`)).status).toBe(200);
  expect(server.output()).toContain(
    "The Redis that REDIS_URL names cannot be reached: connect ECONNREFUSED 127.0.0.1:1. Search learns of what is new some seconds later until it can; nothing is lost.",
  );
});

test("a path that is a file is told", async () => {
  const { code, said } = await refusal({ dataDirectory: join(import.meta.dirname, "start.test.ts") });
  expect(said).toMatch(/^Cannot write to .*start\.test\.ts: .*\.$/);
  expect(code).toBe(1);
});

test.runIf(process.platform === "linux")("a place where no folder can be made is told", async () => {
  const { code, said } = await refusal({ dataDirectory: "/proc/folkmoot/data" });
  expect(said).toBe("Cannot write to /proc/folkmoot: no folder can be made there.");
  expect(code).toBe(1);
});

/** In a mount of its own, which needs no rights but those that a new user namespace gives. */
const onDisk = (options: string): readonly string[] => [
  "unshare",
  "--map-root-user",
  "--mount",
  "sh",
  "-c",
  `mount -t tmpfs -o ${options} tmpfs "$DATA_DIR" && exec "$0" "$@"`,
];

test("a full disk is told", async () => {
  const { code, said } = await refusal({ under: onDisk("size=8m") });
  expect(said).toBe(`The disk of ${installation.path} is full: at least 128 MB must be free.`);
  expect(code).toBe(1);
});

test("a read-only disk is told", async () => {
  const { code, said } = await refusal({ under: onDisk("ro") });
  expect(said).toBe(`Cannot write to ${installation.path}: the disk is read-only.`);
  expect(code).toBe(1);
});

test("--help prints the settings and starts nothing", async () => {
  const { code, said } = await refusal({ args: ["--help"] });
  expect(said).toMatch(/PORT .*Unless set: 3000/s);
  expect(code).toBe(0);
});
