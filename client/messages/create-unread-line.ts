import { createEffect, createSignal, on, onCleanup, type Accessor } from "solid-js";

import type { Local, Timeline } from "#client/sync/local.ts";
import type { ChannelId } from "#shared/ids.ts";

import { isNew, type Unread } from "./lines.ts";

/**
 * Where the "new" line stands: where one had read to when the channel was opened, or when one last looked away. It stays
 * there while one reads, so that nothing moves.
 */
export function createUnreadLine(local: Local, channel: ChannelId, timeline: Timeline) {
  const me = local.me().id;
  const readBefore = local.readUpTo(channel);
  const [unread, setUnread] = createSignal<Unread | undefined>(
    readBefore === undefined ? undefined : { after: readBefore, me },
  );
  const isEmpty = () => {
    const now = unread();
    return now !== undefined && !timeline.rows().some((row) => isNew(row, now));
  };
  const clear = () => setUnread(undefined);

  // Nothing was waiting when one came: then nothing that arrives before one's eyes is "new".
  createEffect(on(timeline.state, (state) => state === "ready" && isEmpty() && clear()));

  function onVisibility(): void {
    const last = timeline.rows().at(-1);
    if (document.hidden && unread() === undefined && last !== undefined) setUnread({ after: last.position, me });
    else if (!document.hidden && isEmpty()) clear();
  }
  document.addEventListener("visibilitychange", onVisibility);
  onCleanup(() => document.removeEventListener("visibilitychange", onVisibility));

  return { unread, clear } satisfies { unread: Accessor<Unread | undefined>; clear: () => void };
}
