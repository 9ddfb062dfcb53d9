import { Redis } from "ioredis";

import { createRinger, parseBell } from "./bell.ts";
import type { Doorbell, Ears } from "./doorbell.ts";

interface Place {
  readonly url: string;
  readonly channel: string;
  readonly failed: (error: unknown) => void;
}

/** In ms. */
const RECONNECT_AFTER = 500;
const GIVE_UP_AFTER = 2_000;

/** Bells that nobody can take are dropped, not kept: whoever comes back asks for versions. */
const OPTIONS = {
  enableOfflineQueue: false,
  autoResubscribe: false,
  autoResendUnfulfilledCommands: false,
  commandTimeout: GIVE_UP_AFTER,
  connectTimeout: GIVE_UP_AFTER,
  retryStrategy: () => RECONNECT_AFTER,
};

/** Rings by Redis' publish and subscribe. Redis may be away at any time, also when this begins. */
export function createRedisDoorbell({ url, channel, failed }: Place): Doorbell {
  const mouth = connect();
  let ears: Redis | undefined;
  const { ring, idle } = createRinger(publish, failed);

  async function publish(bells: readonly string[]): Promise<void> {
    if (mouth.status !== "ready") return;
    await Promise.all(bells.map((bell) => mouth.publish(channel, bell)));
  }

  function connect(): Redis {
    const redis = new Redis(url, OPTIONS);
    let isAway = false;
    // It is told once that Redis is away, not at each attempt.
    redis.on("error", (error) => {
      if (!isAway) failed(error);
      isAway = true;
    });
    return redis.on("ready", () => (isAway = false));
  }

  /** Whoever subscribes has missed what rang before. */
  const subscribe = (redis: Redis, { missed }: Ears): Promise<void> =>
    redis.subscribe(channel).then(missed).catch(failed);

  return {
    ring,
    listen(listener) {
      const redis = (ears = connect());
      redis.on("message", (_channel, payload) => {
        const moved = parseBell(payload);
        if (moved !== undefined) listener.heard(moved);
      });
      return new Promise((settled) => {
        redis.on("ready", () => void subscribe(redis, listener).then(settled));
        redis.once("close", settled);
      });
    },
    async close() {
      await idle();
      mouth.disconnect();
      ears?.disconnect();
    },
  };
}
