import { resolve } from "node:path";

import { expect, test } from "vitest";

import { describeSettings, readConfig } from "./config.ts";

const configOf = (environment: Record<string, string>) => {
  const config = readConfig(environment);
  if (!config.ok) throw new Error(config.problem);
  return config.value;
};

test("without any variable everything has its standard value", () => {
  expect(configOf({})).toMatchObject({
    HOST: "0.0.0.0",
    PORT: 3000,
    DATA_DIR: resolve("data"),
    DATABASE_URL: undefined,
    ROLE: "all",
  });
});

test("an empty variable is an unset one", () => {
  expect(configOf({ PORT: " ", PUBLIC_URL: "" })).toMatchObject({ PORT: 3000, PUBLIC_URL: undefined });
});

test("a public address is kept as browsers write it", () => {
  expect(configOf({ PUBLIC_URL: "https://Talk.Example:443/" }).PUBLIC_URL).toBe("https://talk.example");
});

test.for<[string, string, string]>([
  ["PORT", "3000x", 'PORT must be a whole number from 0 to 65535, not "3000x".'],
  ["PORT", "70000", 'PORT must be a whole number from 0 to 65535, not "70000".'],
  [
    "PUBLIC_URL",
    "talk.example",
    'PUBLIC_URL must be an address that begins with http:// or https://, not "talk.example".',
  ],
  [
    "PUBLIC_URL",
    "https://talk.example/chat",
    'PUBLIC_URL must be an address without a path, not "https://talk.example/chat".',
  ],
  [
    "DATABASE_URL",
    "mysql://x",
    'DATABASE_URL must be an address that begins with postgres:// or postgresql://, not "mysql://x".',
  ],
  [
    "REDIS_URL",
    "http://bob:secret@jobs",
    'REDIS_URL must be an address that begins with redis:// or rediss://, not "http://bob:…@jobs".',
  ],
  ["METRICS_TOKEN", "short", "METRICS_TOKEN must be 16 to 200 letters, digits or the signs . _ ~ + / = -."],
  ["ROLE", "king", 'ROLE must be one of all, web, worker, not "king".'],
])("%s=%s is refused with a sentence", ([name, value, sentence]) => {
  expect(readConfig({ [name]: value })).toEqual({ ok: false, problem: sentence });
});

test("every wrong setting is named at once", () => {
  const config = readConfig({ PORT: "x", ROLE: "y" });
  expect(config.ok ? "" : config.problem.split("\n")).toHaveLength(2);
});

test("the help names every setting within the width of a terminal", () => {
  const help = describeSettings();
  expect(help).toMatch(/HOST .*PORT .*DATA_DIR .*DATABASE_URL .*REDIS_URL /s);
  expect(Math.max(...help.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
});
