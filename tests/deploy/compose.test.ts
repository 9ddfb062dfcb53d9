import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";
import { parse } from "yaml";
import * as z from "zod/mini";

import { describeSettings, readConfig } from "#server/config.ts";

const ROOT = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

const words = z.union([z.string(), z.array(z.string())]);

/** Of all that Compose knows what we use of it: a word that is written wrong is no field. */
const service = z.strictObject({
  image: z.optional(z.string()),
  build: z.optional(z.strictObject({ context: z.string(), dockerfile: z.string() })),
  restart: z.literal("unless-stopped"),
  init: z.optional(z.boolean()),
  stop_grace_period: z.optional(z.string()),
  command: z.optional(words),
  environment: z.optional(z.record(z.string(), z.string())),
  ports: z.optional(z.array(z.string())),
  volumes: z.optional(z.array(z.string())),
  depends_on: z.optional(z.record(z.string(), z.strictObject({ condition: z.literal("service_healthy") }))),
  healthcheck: z.optional(
    z.strictObject({ test: z.array(z.string()), interval: z.string(), start_period: z.optional(z.string()) }),
  ),
});
type Service = z.infer<typeof service>;

const file = z.strictObject({
  "x-folkmoot": z.unknown(),
  "x-settings": z.unknown(),
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.null()),
});

const compose = file.parse(parse(read("docker-compose.yml"), { merge: true }));
const services = new Map(Object.entries(compose.services));
const our = (name: "web" | "worker"): Service => services.get(name) as Service;

/** What an operator has set, as docs/operations.md tells. */
const given: Readonly<Record<string, string>> = {
  PUBLIC_URL: "https://talk.example",
  POSTGRES_PASSWORD: "correct-horse",
};
const filledIn = (text: string): string =>
  text.replaceAll(/\$\{(\w+):\?[^}]+\}/g, (_all, name: string) => given[name] ?? `no ${name}`);
const environmentOf = ({ environment = {} }: Service): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filledIn(value)]));

test("it is web and sync, a worker, PostgreSQL, Redis and nginx, of which only nginx is reached from outside", () => {
  expect([...services.keys()].toSorted()).toEqual(["nginx", "postgres", "redis", "web", "worker"]);
  const published = [...services].filter(([, { ports }]) => ports !== undefined);
  expect(published.map(([name]) => name)).toEqual(["nginx"]);
});

test("whoever is waited for is there, and tells whether it is well", () => {
  for (const { depends_on = {} } of services.values())
    for (const name of Object.keys(depends_on)) expect(services.get(name)?.healthcheck, name).toBeDefined();
  for (const name of ["web", "worker"] as const)
    expect(Object.keys(our(name).depends_on ?? {}).toSorted()).toEqual(["postgres", "redis"]);
});

test("every volume that is used is declared, and the other way round; every file that is mounted is there", () => {
  const mounted = [...services.values()].flatMap(({ volumes = [] }) => volumes.map((one) => one.split(":")[0] ?? ""));
  const [files, named] = [
    mounted.filter((name) => name.startsWith(".")),
    mounted.filter((name) => !name.startsWith(".")),
  ];
  expect([...new Set(named)].toSorted()).toEqual(Object.keys(compose.volumes).toSorted());
  expect(files).toContain("./deploy/nginx.conf");
  for (const path of files) expect(existsSync(join(ROOT, path)), path).toBe(true);
});

test("images have a version, and what is built is there", () => {
  for (const [name, { image, build }] of services) {
    if (image !== undefined) expect(image, name).toMatch(/^[a-z]+:\d+(\.\d+)*$/);
    else expect(existsSync(join(ROOT, build?.context ?? "?", build?.dockerfile ?? "?")), name).toBe(true);
  }
  const copied = [...read("deploy/Dockerfile").matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, paths = ""]) =>
    paths.split(" "),
  );
  for (const path of copied) expect(existsSync(join(ROOT, path)), path).toBe(true);
});

test.for(["web", "worker"] as const)(
  "what %s is told are settings that there are, with values that it takes",
  (name) => {
    const environment = environmentOf(our(name));
    const known = new Set([...describeSettings().matchAll(/^ {2}([A-Z_]+) /gm)].map(([, setting]) => setting));
    expect(known.size).toBeGreaterThan(5);
    for (const setting of Object.keys(environment)) expect(known, setting).toContain(setting);

    const config = readConfig(environment);
    expect(config).toMatchObject({ ok: true, value: { ROLE: name, TRUST_PROXY: 1, PUBLIC_URL: given["PUBLIC_URL"] } });
  },
);

test("both find PostgreSQL, by the name and password that it was made with, and the one Redis", () => {
  const made = environmentOf(services.get("postgres") as Service);
  for (const name of ["web", "worker"] as const) {
    const { DATABASE_URL = "", REDIS_URL = "" } = environmentOf(our(name));
    const { hostname, username, password, pathname } = new URL(DATABASE_URL);
    expect({ hostname, username, password, pathname }).toEqual({
      hostname: "postgres",
      username: made["POSTGRES_USER"],
      password: made["POSTGRES_PASSWORD"],
      pathname: `/${made["POSTGRES_DB"]}`,
    });
    expect(services.has(new URL(REDIS_URL).hostname)).toBe(true);
  }
});

test("both have the same secrets, where their image looks for them", () => {
  const [, dataDirectory] = /^ENV .*DATA_DIR=(\S+)/m.exec(read("deploy/Dockerfile")) ?? [];
  for (const name of ["web", "worker"] as const)
    expect(our(name).volumes).toEqual([`folkmoot-data:${String(dataDirectory)}`]);
});

test("Redis drops no job when memory is short, and keeps them over a restart", () => {
  const { command = [] } = services.get("redis") as Service;
  expect([command].flat().join(" ")).toMatch(/--appendonly yes .*--maxmemory-policy noeviction/);
});

test("nginx and the check of its health ask web where it listens", () => {
  const config = readConfig({});
  const port = config.ok ? config.value.PORT : 0;
  const nginx = read("deploy/nginx.conf");
  expect(nginx).toContain(`http://web:${port}`);
  expect(our("web").healthcheck?.test.join(" ")).toContain(`http://127.0.0.1:${port}/readyz`);
  // TRUST_PROXY counts one proxy: it must say whom it has seen itself.
  expect(nginx).toMatch(/proxy_set_header X-Forwarded-For \$remote_addr;/);
});
