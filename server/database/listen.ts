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

/** How often it is asked whether it is still there, and how long it may take to answer anything, in ms. */
interface Care {
  readonly every: number;
  readonly patience: number;
}
const CARE: Care = { every: 5_000, patience: 5_000 };

/**
 * Listens to PostgreSQL's notifications for as long as it is open, through its restarts. Resolves when it listens. A
 * connection on which nothing rings may as well be dead, and nobody would ever say so: it is asked now and then.
 */
export async function listen(
  url: string,
  { on, reconnected, failed }: Ears,
  { every, patience }: Care = CARE,
): Promise<Listening> {
  const stop = new AbortController();
  /** Whoever looks at PostgreSQL's list of connections sees what they are for. */
  const note = `/* listening: ${Object.keys(on).join(" ")} */`;
  let client = await connect();
  void takeCare();

  async function connect(): Promise<pg.Client> {
    const next = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: patience,
      query_timeout: patience,
    });
    next.on("error", failed);
    next.on("notification", ({ channel, payload }) => guarded(() => on[channel]?.(payload ?? "")));
    try {
      await next.connect();
      for (const channel of Object.keys(on)) await next.query(`${note} listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      next.connection.stream.destroy();
      throw error;
    }
    // Only now: one that could not connect ends as well, and whoever tried goes on trying.
    next.on("end", () => void reconnect());
    return next;
  }

  /** Whoever does not answer is taken for lost, which sets off the rest. */
  async function takeCare(): Promise<void> {
    while (!stop.signal.aborted) {
      await setTimeout(every, undefined, { ref: false });
      const asked = client;
      await asked.query(`${note} select`).catch(() => asked.connection.stream.destroy());
    }
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
      await Promise.race([client.end(), setTimeout(patience, undefined, { ref: false })]);
      client.connection.stream.destroy();
    },
  };
}
