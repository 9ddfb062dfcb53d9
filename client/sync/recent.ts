import type { ChannelId } from "#shared/ids.ts";

import type { Place } from "./acts.ts";
import type { Mirrors } from "./mirrors.ts";
import type { Places } from "./places.ts";
import type { OpenTimeline, Timelines } from "./timelines.ts";

export interface RecentDependencies {
  readonly places: Places;
  readonly mirrors: Mirrors;
  readonly timelines: Timelines;
  readonly placeOf: (channel: ChannelId) => Place | undefined;
}

const KEPT = 10;
/** One at a time, so that what is on screen comes first, in ms. */
const PAUSE = 400;

/** Keeps the channels that were looked at last current and at hand, also for the next time without a network. */
export function keepRecent({ places, mirrors, timelines, placeOf }: RecentDependencies): () => void {
  const held = new Map<ChannelId, OpenTimeline>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function step(): void {
    timer = undefined;
    const recent = places.recent(KEPT).filter((channel) => placeOf(channel) !== undefined);
    for (const [channel, { close }] of held) {
      if (recent.includes(channel)) continue;
      held.delete(channel);
      close();
    }
    const place = placeOf(recent.find((channel) => !held.has(channel)) as ChannelId);
    if (place === undefined) return;
    held.set(place.channel, timelines.open(place));
    stepLater();
  }

  function stepLater(): void {
    timer ??= setTimeout(step, PAUSE);
  }

  const stops = [mirrors.onChange(stepLater), places.onChange(stepLater)];
  stepLater();

  return () => {
    stops.forEach((stop) => stop());
    clearTimeout(timer);
    held.forEach(({ close }) => close());
  };
}
