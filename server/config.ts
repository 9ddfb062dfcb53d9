import { fail, ok, type Result } from "#shared/result.ts";

import { address, oneOf, optional, origin, path, text, token, whole, type Setting } from "./settings.ts";

/** Every setting there is. `npm start -- --help` prints this table. */
const settings = {
  HOST: {
    says: "The network address to listen on. Everybody on the local network can reach 0.0.0.0; only this machine reaches 127.0.0.1.",
    standard: "0.0.0.0",
    parse: text,
  },
  PORT: { says: "The port to listen on; 0 takes any free one.", standard: "3000", parse: whole(0, 65_535) },
  PUBLIC_URL: {
    says: "Where people's browsers reach this server, such as https://talk.example. Links and cookies are made for it.",
    standard: "",
    parse: optional(origin),
  },
  TRUST_PROXY: {
    says: "How many proxies stand in front, so that limits count people and not the proxy.",
    standard: "0",
    parse: whole(0, 10),
  },
  DATA_DIR: {
    says: "The folder of this installation: its secrets, and its database where DATABASE_URL names no other.",
    standard: "data",
    parse: path,
  },
  DATABASE_URL: {
    says: "A PostgreSQL 15 or newer to use, as postgres://user:password@host/database. Without it one of its own runs in DATA_DIR.",
    standard: "",
    parse: optional(address("postgres:", "postgresql:")),
  },
  DATABASE_POOL: {
    says: "How many connections to the database each process may hold.",
    standard: "10",
    parse: whole(2, 100),
  },
  REDIS_URL: {
    says: "A Redis for jobs and for the bells by which several web processes tell each other of what was said, as redis://host:6379. Without it PostgreSQL does both. Nothing is lost with it.",
    standard: "",
    parse: optional(address("redis:", "rediss:")),
  },
  METRICS_TOKEN: {
    says: "Whoever shows this as a bearer token reads at /metrics how the process does, in the format of Prometheus. Without it there is no such page.",
    standard: "",
    secret: true,
    parse: optional(token),
  },
  ROLE: {
    says: "What this process does: web (pages, API and sync), worker (search, counts and clean-up), or all.",
    standard: "all",
    parse: oneOf("all", "web", "worker"),
  },
  LOG_LEVEL: {
    says: "The least that is logged: fatal, error, warn, info or debug. The log goes to standard error, a line of JSON each.",
    standard: "warn",
    parse: oneOf("fatal", "error", "warn", "info", "debug"),
  },
} satisfies Record<string, Setting<unknown>>;

type Settings = typeof settings;
type Name = keyof Settings;

/** The value of every setting, parsed once at the start. */
export type Config = { readonly [Key in Name]: Settings[Key] extends Setting<infer Value> ? Value : never };

/** Reads the settings from the environment. The problem is one sentence for each that is wrong. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Result<Config, string> {
  const values: Partial<Record<Name, unknown>> = {};
  const problems: string[] = [];
  for (const name of names) {
    const given = environment[name]?.trim() || settings[name].standard;
    const parsed = settings[name].parse(given);
    if (parsed.ok) values[name] = parsed.value;
    else problems.push(`${name} must be ${parsed.problem}${insteadOf(settings[name], given)}.`);
  }
  return problems.length === 0 ? ok(values as Config) : fail(problems.join("\n"));
}

/** The table, for a person at a terminal. */
export function describeSettings(): string {
  return names.map((name) => `  ${name.padEnd(14)} ${wrapped(settings[name].says)}${standardOf(name)}`).join("\n\n");
}

const names = Object.keys(settings) as Name[];

const insteadOf = ({ secret }: Setting<unknown>, given: string): string =>
  secret === true ? "" : `, not "${withoutPassword(given)}"`;

const withoutPassword = (value: string): string => value.replace(/:[^:@/]+@/, ":…@");

const INDENT = `\n${" ".repeat(17)}`;
const WIDTH = 80;

const standardOf = (name: Name): string =>
  settings[name].standard === "" ? "" : `${INDENT}Unless set: ${settings[name].standard}`;

const wrapped = (says: string): string =>
  says.replaceAll(new RegExp(`(.{1,${WIDTH}})(?: |$)`, "g"), `$1${INDENT}`).trimEnd();
