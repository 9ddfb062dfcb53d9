import { Redis } from "ioredis";

const PATIENCE_MS = 2_000;

/** Why a Redis cannot be reached now; nothing where it can. It may come back: the server does not wait for it. */
export async function redisProblem(url: string): Promise<string | undefined> {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: PATIENCE_MS, retryStrategy: () => null });
  let problem: Error | undefined;
  redis.on("error", (error) => (problem = error));
  try {
    await redis.connect();
    return undefined;
  } catch (error) {
    return (problem ?? (error as Error)).message;
  } finally {
    redis.disconnect();
  }
}
