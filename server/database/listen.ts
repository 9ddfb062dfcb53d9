import { setTimeout } from "node:timers/promises";

import pg from "pg";

export interface Listening {
  close(): Promise<void>;
}

/** What is called for each bell; `reconnected` when bells may have been missed. */
export interface Ears {
  readonly on: Readonly<Record<string, (payload: string) => void>>;
  readonly reconnected: () => void;
  readonly failed: (error: unknown) => void;
}

/** PostgreSQL was away: try again after this, in ms. */
const RECONNECT_AFTER = 500;

/** Listens to PostgreSQL's notifications for as long as it is open, through its restarts. Resolves when it listens. */
export async function listen(url: string, { on, reconnected, failed }: Ears): Promise<Listening> {
  const stop = new AbortController();
  let client = await connect();

  async function connect(): Promise<pg.Client> {
    const next = new pg.Client(url);
    next.on("error", failed);
    next.on("notification", ({ channel, payload }) => guarded(() => on[channel]?.(payload ?? "")));
    await next.connect();
    for (const channel of Object.keys(on)) await next.query(`listen ${pg.escapeIdentifier(channel)}`);
    // Only now: one that could not connect ends as well, and whoever tried goes on trying.
    next.on("end", () => void reconnect());
    return next;
  }

  function guarded(act: () => void): void {
    try {
      act();
    } catch (error) {
      failed(error);
    }
  }

  async function reconnect(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        await setTimeout(RECONNECT_AFTER, undefined, { signal: stop.signal });
        client = await connect();
        return guarded(reconnected);
      } catch (error) {
        if (!stop.signal.aborted) failed(error);
      }
    }
  }

  return {
    async close() {
      stop.abort();
      client.removeAllListeners("end");
      await client.end();
    },
  };
}
