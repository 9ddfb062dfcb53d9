import type { Live } from "#server/documents/live.ts";

/** Of the connections to the database these many at most read what bells have told of; the others are for commits. */
const READERS = 2;

/**
 * Reads documents on, few at a time. However many bells ring for one, it is read once after the last of them, so that
 * neither a storm of bells nor a liar at the doorbell holds up those who write.
 */
export function createCatchingUp(read: (live: Live) => Promise<void>): (live: Live) => Promise<void> {
  const due = new Map<Live, PromiseWithResolvers<void>>();
  let readers = 0;

  async function work(): Promise<void> {
    readers += 1;
    for (const [live, done] of due) {
      due.delete(live);
      await read(live).then(done.resolve, done.reject);
    }
    readers -= 1;
  }

  return (live) => {
    const done = due.get(live) ?? Promise.withResolvers<void>();
    due.set(live, done);
    if (readers < READERS) void work();
    return done.promise;
  };
}
