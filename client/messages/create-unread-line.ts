import { createSignal, onCleanup, type Accessor } from "solid-js";

import type { Local, Timeline } from "#client/sync/local.ts";
import type { ChannelId } from "#shared/ids.ts";

import { firstWaiting, type Unread } from "./lines.ts";

/**
 * Where the "new" line stands: where one had read to when the channel was opened, or when one last looked away. It stays
 * there while one reads, so that nothing moves.
 */
export function createUnreadLine(local: Local, channel: ChannelId, timeline: Timeline) {
  const me = local.me().id;
  const readBefore = local.readUpTo(channel);
  const [unread, setUnread] = createSignal<Unread | undefined>(
    readBefore === undefined ? undefined : { after: readBefore, me, until: Date.now() },
  );
  const stands = (): boolean => {
    const now = unread();
    return now !== undefined && firstWaiting(timeline.rows(), now) >= 0;
  };

  /** What comes while one looks away waits. One that stands already stays where it is. */
  function onVisibility(): void {
    const last = timeline.rows().at(-1);
    if (!document.hidden) setUnread((now) => now && { ...now, until: Math.min(now.until, Date.now()) });
    else if (!stands() && last !== undefined) setUnread({ after: last.position, me, until: Infinity });
  }
  document.addEventListener("visibilitychange", onVisibility);
  onCleanup(() => document.removeEventListener("visibilitychange", onVisibility));

  return { unread, clear: () => setUnread(undefined) } satisfies {
    unread: Accessor<Unread | undefined>;
    clear: () => void;
  };
}
