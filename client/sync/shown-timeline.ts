import { createMemo, onCleanup, untrack, type Accessor } from "solid-js";

import type { ChannelId } from "#shared/ids.ts";

import type { Presence, Timeline } from "./local.ts";
import type { OpenTimeline } from "./timelines.ts";

export interface ShownTimelineDependencies {
  readonly open: (channel: ChannelId) => OpenTimeline;
  /** Reads what tells when unsent rows change. */
  readonly trackUnsent: () => void;
  readonly presence: (channel: ChannelId) => Presence;
}

/** The timeline of whichever channel is looked at, for as long as the calling owner lives. */
export function createShownTimeline(
  channel: Accessor<ChannelId>,
  { open, trackUnsent, presence }: ShownTimelineDependencies,
): Timeline {
  const opened = createMemo(() => {
    const id = channel();
    const timeline = untrack(() => open(id));
    onCleanup(timeline.close);
    return timeline;
  });
  const view = () => opened().view();
  const core = () => untrack(opened).core;

  return {
    rows: () => view().rows,
    state: () => view().state,
    before: () => view().before,
    after: () => view().after,
    late: () => view().late,
    delivery(row) {
      trackUnsent();
      return core().delivery(row);
    },
    loadBefore: () => core().loadBefore(),
    loadAfter: () => core().loadAfter(),
    show: (of) => core().show(of),
    showNewest: () => core().showNewest(),
    dismissLate: () => core().dismissLate(),
    find(of) {
      view();
      return core().find(of);
    },
    presence: () => presence(channel()),
  };
}
