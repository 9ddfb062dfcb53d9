import { useLocal } from "#client/sync/use-local.ts";
import { sayMoment } from "#client/ui/say-time.ts";
import type { CommunityId } from "#shared/ids.ts";

import { createTold } from "./create-told.ts";

interface Mute {
  readonly until: number;
  readonly because: string;
}

export const mutedWords = ({ until, because }: Mute): string =>
  `You can only read here until ${sayMoment(until)}. ${because === "" ? "Your notices say why." : `Reason: ${because}`}`;

/** Until when this person may only read in a community, and why, as their own home tells it. */
export function createMuted(community: () => CommunityId | undefined) {
  const local = useLocal();
  const told = createTold(local);

  return (): Mute | undefined => {
    const here = community();
    const until = here === undefined ? undefined : local.membershipOf(here)?.muted;
    if (until === undefined || until <= Date.now()) return undefined;
    const mutes = told().notices.flatMap((notice) =>
      notice.kind === "measure" && notice.measure === "mute" && notice.community === here && !notice.lifted
        ? [notice]
        : [],
    );
    // Of several the one that ends last holds.
    const last = mutes.toSorted((a, b) => (b.until ?? 0) - (a.until ?? 0))[0];
    return { until, because: last?.reason ?? "" };
  };
}
