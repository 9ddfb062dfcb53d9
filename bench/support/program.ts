import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A server in a process of its own. Disposing of it ends it. */
export interface Program extends AsyncDisposable {
  readonly pid: number;
  readonly url: string;
  /** What the process has used of the processors so far, in ms. */
  cpu(): Promise<number>;
  /** What it holds when its garbage is collected, in bytes. */
  memory(): Promise<NodeJS.MemoryUsage>;
}

const ROOT = join(import.meta.dirname, "../..");
const PROBE = join(import.meta.dirname, "probe.ts");

/** Starts a program that says at which address it is open. */
export async function startProgram(path: string, environment: Readonly<Record<string, string>> = {}): Promise<Program> {
  const child = fork(join(ROOT, path), {
    cwd: ROOT,
    env: { ...process.env, HOST: "127.0.0.1", PORT: "0", ...environment },
    execArgv: ["--expose-gc", "--import", PROBE],
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let output = "";
    child.stdout?.on("data", (text: Buffer) => {
      output += text.toString();
      const address = /open at (http:\S+)\s/.exec(output)?.[1];
      if (address !== undefined) resolve(address.replace("localhost", "127.0.0.1"));
    });
    child.once("exit", () => reject(new Error(`${path} ended:\n${output}`)));
  });

  const asked = async (question: string): Promise<unknown> => {
    const answer = once(child, "message");
    child.send(question);
    return ((await answer) as unknown[])[0];
  };

  return {
    pid: child.pid as number,
    url,
    async cpu() {
      const { user, system } = (await asked("cpu")) as NodeJS.CpuUsage;
      return (user + system) / 1_000;
    },
    memory: async () => (await asked("memory")) as NodeJS.MemoryUsage,
    async [Symbol.asyncDispose]() {
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
}
