import { createSignal, type Accessor } from "solid-js";

import type { ChannelId } from "#shared/ids.ts";

import type { Place } from "./acts.ts";
import type { Unread } from "./local.ts";
import { createTimeline, type TimelineCore, type TimelineDependencies, type TimelineView } from "./timeline.ts";
import type { MarkerRow } from "#client/storage/database.ts";

/** The timelines that this tab keeps folded: the one that is shown, and those one is likely to turn to. */
export interface Timelines {
  /** The same timeline for everybody who asks; it stays until each has closed it. */
  readonly open: (place: Place) => OpenTimeline;
  readonly isOpen: (channel: ChannelId) => boolean;
  /** What was read in a channel has changed. */
  readonly refresh: (channel: ChannelId) => void;
  readonly refreshAll: () => void;
  readonly close: () => void;
}

export interface OpenTimeline {
  readonly core: TimelineCore;
  readonly view: Accessor<TimelineView>;
  readonly close: () => void;
}

export interface TimelinesDependencies extends Omit<TimelineDependencies, "marker" | "changed"> {
  readonly markerOf: (channel: ChannelId) => MarkerRow | undefined;
  readonly counted: (channel: ChannelId, unread: Unread) => void;
}

interface Kept {
  readonly core: TimelineCore;
  readonly view: Accessor<TimelineView>;
  readers: number;
}

export function createTimelines({ markerOf, counted, ...deps }: TimelinesDependencies): Timelines {
  const kept = new Map<ChannelId, Kept>();

  function begin(place: Place): Kept {
    const { channel } = place;
    const [view, setView] = createSignal<TimelineView>();
    const core = createTimeline(place, {
      ...deps,
      marker: () => markerOf(channel),
      changed(next) {
        setView(() => next);
        if (next.state === "ready") counted(channel, next.unread);
      },
    });
    return { core, view: () => view() ?? core.view(), readers: 0 };
  }

  return {
    open(place) {
      const own = kept.get(place.channel) ?? begin(place);
      kept.set(place.channel, own);
      own.readers += 1;
      let isOpen = true;
      return {
        core: own.core,
        view: own.view,
        close() {
          if (isOpen) own.readers -= 1;
          isOpen = false;
          if (own.readers > 0) return;
          kept.delete(place.channel);
          own.core.close();
        },
      };
    },
    isOpen: (channel) => kept.has(channel),
    refresh: (channel) => kept.get(channel)?.core.refresh(),
    refreshAll: () => kept.forEach(({ core }) => core.refresh()),
    close: () => kept.forEach(({ core }) => core.close()),
  };
}
