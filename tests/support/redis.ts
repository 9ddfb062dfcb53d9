import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Redis } from "ioredis";

/** Whether there is a Redis to be started; `npm test` installs one where it may. */
export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;

/** A Redis of a test's own on a free loopback port. It keeps nothing on the disk: started again it is empty. */
export interface TestRedis {
  readonly url: string;
  /** As the kernel would end it. */
  kill(): Promise<void>;
  /** Starts it again at the same address. */
  start(): Promise<void>;
  /** It goes on to exist, and answers nobody. */
  freeze(): void;
  thaw(): void;
  /** A connection of the test's own, closed when `use` is done. */
  ask<Value>(use: (redis: Redis) => Promise<Value>): Promise<Value>;
  close(): Promise<void>;
}

export async function testRedis(): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), "folkmoot-redis-"));
  let port = await freePort();
  let server = await startOn(port, folder);
  // Somebody else may have taken the port in the moment between.
  while (server === undefined) server = await startOn((port = await freePort()), folder);

  const url = `redis://127.0.0.1:${port}`;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const running = server;
    server = undefined;
    if (running !== undefined) await stop(running, signal);
  };
  return {
    url,
    kill: () => end("SIGKILL"),
    async start() {
      server ??= await startOn(port, folder);
      if (server === undefined) throw new Error(`the port ${port} is taken`);
    },
    freeze: () => void server?.kill("SIGSTOP"),
    thaw: () => void server?.kill("SIGCONT"),
    async ask(use) {
      const redis = new Redis(url);
      try {
        return await use(redis);
      } finally {
        redis.disconnect();
      }
    },
    async close() {
      await end("SIGKILL");
      rmSync(folder, { recursive: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Resolves when it takes connections; with nothing where it ended instead. */
async function startOn(port: number, folder: string): Promise<ChildProcess | undefined> {
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder];
  const server = spawn("redis-server", args, { stdio: ["ignore", "pipe", "inherit"] });
  const endWithUs = (): void => void server.kill("SIGKILL");
  process.once("exit", endWithUs);
  server.once("exit", () => process.off("exit", endWithUs));
  return new Promise((resolve) => {
    let said = "";
    server.stdout.on("data", (chunk) => {
      said += String(chunk);
      if (said.includes("Ready to accept")) resolve(server);
    });
    server.once("exit", () => resolve(undefined));
  });
}

async function stop(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const gone = once(server, "exit");
  server.kill(signal);
  await gone;
}
