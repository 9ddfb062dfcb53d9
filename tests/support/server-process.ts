import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/** A server as somebody at a terminal would start it, with all its processes. */
export interface ServerProcess {
  /** Resolves with the address at which it is open; rejects where it ends before that. */
  readonly open: Promise<string>;
  readonly exit: Promise<number>;
  /** Everything it has printed so far. */
  output(): string;
  signal(signal: NodeJS.Signals): void;
}

export interface StartOptions {
  readonly dataDirectory: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** What to run the command under, such as another user. */
  readonly under?: readonly string[];
  readonly command?: readonly string[];
}

const LAUNCHER = [process.execPath, "scripts/launch.mjs", "server/main.ts"];

export function startServer(options: StartOptions): ServerProcess {
  const { dataDirectory, environment = {}, args = [], under = [], command = LAUNCHER } = options;
  const [program = "", ...line] = [...under, ...command, ...args];
  const env = { PATH: process.env["PATH"], HOST: "127.0.0.1", PORT: "0", DATA_DIR: dataDirectory, ...environment };
  const child = spawn(program, line, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const exit = new Promise<number>((resolve) => child.once("close", (code) => resolve(code ?? -1)));
  const open = new Promise<string>((resolve, reject) => {
    const read = (text: Buffer): void => {
      output += text.toString();
      const url = /open at (http:\S+)/.exec(output)?.[1];
      // What is printed after it, such as the link for the first admin, ends with this line.
      if (url !== undefined && output.includes("Stop it with")) resolve(url);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    void exit.then(() => reject(new Error(`The server ended:\n${output}`)));
  });
  open.catch(() => undefined);
  return { open, exit, output: () => output, signal: (signal) => void child.kill(signal) };
}

/** A folder for one installation. Ending it ends whatever still runs there. */
export function temporaryInstallation(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "folkmoot-start-"));
  return {
    path,
    remove() {
      for (const { pid } of processesOf(path)) process.kill(pid, "SIGKILL");
      rmSync(path, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export interface RunningProcess {
  readonly pid: number;
  readonly command: string;
}

/** All processes of an installation, by the folder in their arguments or in their environment. */
export function processesOf(dataDirectory: string): readonly RunningProcess[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((name) => ({
      pid: Number(name),
      command: read(`/proc/${name}/cmdline`),
      environment: read(`/proc/${name}/environ`),
    }))
    .filter(({ command, environment }) => `${command}\0${environment}`.includes(dataDirectory));
}

/** Empty where the process is gone, or is somebody else's. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
