import { execFile, spawn, type ChildProcess } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

import pg from "pg";

import { CannotStart } from "./cannot-start.ts";
import { clearLeftover } from "./postgres-leftover.ts";
import { findPrograms } from "./postgres-programs.ts";
import { postgresUser, type PostgresUser } from "./postgres-user.ts";

/** A PostgreSQL of our own, reachable through a unix socket only. */
export interface EmbeddedPostgres {
  readonly url: string;
  /** Resolves when it has stopped orderly; at once when it is gone already. */
  stop(): Promise<void>;
  /** Called when it ends without having been asked to. */
  onExit(tell: (why: string) => void): void;
}

/** The kernel takes no longer path for a socket: 107 bytes with PostgreSQL's file name behind it. */
const LONGEST_SOCKET_FOLDER = 85;

const SETTINGS = {
  listen_addresses: "",
  shared_buffers: "128MB",
  maintenance_work_mem: "128MB",
  random_page_cost: "1.1",
  jit: "off",
  max_connections: "100",
  timezone: "UTC",
  log_timezone: "UTC",
  lc_messages: "C",
  synchronous_commit: "on",
  // A week of logs, a file a day, in the data directory.
  logging_collector: "on",
  log_filename: "postgres-%a.log",
  log_truncate_on_rotation: "on",
  log_rotation_size: "0",
};

/**
 * Starts PostgreSQL on a folder, making it when it is new. The caller holds the lock of that folder: a server that
 * still runs there is left over from a killed process, and is stopped.
 */
export async function startEmbeddedPostgres(
  folder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<EmbeddedPostgres> {
  const programs = findPrograms();
  const data = resolve(folder, "pg");
  const user = postgresUser(data);
  if (!existsSync(data)) await initialise(user, programs, data);
  await clearLeftover(data);

  const socket = socketFolder(user, resolve(folder, "socket"));
  // It names a process by its number alone: one that was killed and not yet buried would seem to use it for ever.
  rmSync(join(socket.path, ".s.PGSQL.5432.lock"), { force: true });
  const url = `postgres://folkmoot@localhost/postgres?host=${encodeURIComponent(socket.path)}`;
  const log = join(folder, "postgres-start.log");
  const child = spawnPostgres(
    user,
    programs,
    data,
    { ...SETTINGS, unix_socket_directories: socket.path, ...settings },
    log,
  );
  await ready(child, url, data, log);

  return {
    url,
    stop: () => stop(child).finally(socket.remove),
    onExit: (tell) =>
      void child.once("exit", () => tell(`PostgreSQL ended by itself; ${join(data, "log")} may tell why.`)),
  };
}

/** Under another name until it is whole: what a killed start left half made is never taken for a database. */
async function initialise(user: PostgresUser, programs: string, data: string): Promise<void> {
  const draft = `${data}.new`;
  rmSync(draft, { recursive: true, force: true });
  user.own(draft);
  const locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const args = ["-D", draft, "-U", "folkmoot", "-A", "trust", "-E", "UTF8", ...locale];
  const [command, line] = user.command(join(programs, "initdb"), args);
  try {
    await promisify(execFile)(command, [...line], { cwd: "/" });
  } catch (cause) {
    throw new CannotStart(
      `PostgreSQL could not be set up in ${data}: ${lastLine((cause as { stderr?: string }).stderr ?? "")}`,
      { cause },
    );
  }
  renameSync(draft, data);
}

function socketFolder(user: PostgresUser, preferred: string): { readonly path: string; remove(): void } {
  if (Buffer.byteLength(preferred) <= LONGEST_SOCKET_FOLDER)
    return { path: user.own(preferred), remove: () => undefined };
  const path = user.own(mkdtempSync(join(tmpdir(), "folkmoot-")));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** In a session of its own: Ctrl-C is for us, who then stop it in order. */
function spawnPostgres(
  user: PostgresUser,
  programs: string,
  data: string,
  settings: Readonly<Record<string, string>>,
  log: string,
): ChildProcess {
  const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const [command, args] = user.command(join(programs, "postgres"), ["-D", data, ...options]);
  const output = openSync(log, "w", 0o600);
  const child = spawn(command, [...args], { cwd: "/", detached: true, stdio: ["ignore", output, output] });
  closeSync(output);
  return child;
}

/** Recovery after a crash takes as long as it takes: we wait while the process lives. */
async function ready(child: ChildProcess, url: string, data: string, log: string): Promise<void> {
  let failure: Error | undefined;
  child.once("error", (error) => (failure = error));
  while (!(await accepts(url))) {
    if (failure) throw failure;
    if (hasEnded(child)) throw new CannotStart(`PostgreSQL did not start: ${whyNot(data, log)}`);
    await pause(20);
  }
}

/** What it said last that ended it, in its log where it had begun one. */
function whyNot(data: string, log: string): string {
  const folder = join(data, "log");
  const files = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  const newest = files.toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
  const lines = newest === undefined ? [] : readFileSync(newest, "utf8").split("\n");
  return lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lastLine(readFileSync(log, "utf8"));
}

async function accepts(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** SIGINT: it ends the connections that are still open, and closes its files in order. */
async function stop(child: ChildProcess): Promise<void> {
  child.removeAllListeners("exit");
  if (hasEnded(child)) return;
  const end = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  await end;
}

const lastLine = (text: string): string => text.trim().split("\n").at(-1) || "it gave no reason.";
