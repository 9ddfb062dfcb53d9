import type { Live } from "#server/documents/live.ts";

/** Tells which version documents have moved on to, of each at most once in three seconds. */
export interface Versions {
  moved(live: Live): void;
  /** Tells what may be told by now: at once after a commit, it goes out together with what was committed. */
  tell(): void;
  close(): void;
}

const PAUSE = 3_000;

export function createVersions(say: (live: Live) => void): Versions {
  const moved = new Set<Live>();
  const toldAt = new WeakMap<Live, number>();
  const timer = setInterval(tell, PAUSE).unref();

  function tell(): void {
    const now = performance.now();
    for (const live of moved) {
      if (now - (toldAt.get(live) ?? -PAUSE) < PAUSE) continue;
      moved.delete(live);
      toldAt.set(live, now);
      say(live);
    }
  }

  return { moved: (live) => void moved.add(live), tell, close: () => clearInterval(timer) };
}
