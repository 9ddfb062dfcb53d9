import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

import { createApp } from "./app.ts";
import type { WebDependencies } from "./dependencies.ts";

export interface WebServerDependencies extends WebDependencies {
  readonly host: string;
  readonly port: number;
  /** Takes over the socket upgrades of this server. */
  readonly attachSync?: (server: Server) => { close(): void };
}

export interface WebServer {
  /** Where a browser on this machine reaches it. */
  readonly url: string;
  close(): Promise<void>;
}

/** How often what another process left undone is looked for. */
const SWEEP = 5_000;

/** Serves HTTP and sockets on one port. Rejects where the port cannot be had. */
export async function startWeb(deps: WebServerDependencies): Promise<WebServer> {
  const app = await createApp(deps);
  const sync = deps.attachSync?.(app.server);
  const sweeper = startSweeper(deps);
  // Sockets are connections too: without this a server with one open would not end.
  app.addHook("preClose", async () => sync?.close());

  try {
    await app.listen({ host: deps.host, port: deps.port });
  } catch (error) {
    await sweeper.stop();
    await app.close();
    throw error;
  }

  return {
    url: `http://localhost:${(app.server.address() as AddressInfo).port}`,
    async close() {
      await sweeper.stop();
      await app.close();
    },
  };
}

function startSweeper({ authority, sessions, log }: WebDependencies): { stop(): Promise<void> } {
  let sweeping: Promise<unknown> = Promise.resolve();
  const failed = (error: unknown): void => log.error({ error }, "sweep failed");
  const timer = setInterval(() => {
    sweeping = sweeping.then(() => Promise.all([authority.sweep(), sessions.sweep()])).catch(failed);
  }, SWEEP).unref();

  return {
    async stop() {
      clearInterval(timer);
      await sweeping;
    },
  };
}
