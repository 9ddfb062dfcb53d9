import type { Doorbell, Moved } from "#server/documents/doorbell.ts";
import { createDice } from "#tests/attack/support/dice.ts";

/** What may become of a bell between two nodes. */
export const mishaps = ["dropped", "doubled", "reordered", "delayed"] as const;
export type Mishap = (typeof mishaps)[number] | "none";

/** Bells that are held back at once. */
const HELD = 4;
const LONGEST_DELAY = 400;

/** A real doorbell, whose bells come to this node as `mishap` says at that moment. */
export function crossed(doorbell: Doorbell, mishap: () => Mishap, seed: number): Doorbell {
  const dice = createDice(seed);
  return {
    ...doorbell,
    listen({ heard, missed }) {
      const held: Moved[] = [];
      const takes: Readonly<Record<Mishap, (moved: Moved) => void>> = {
        none: heard,
        dropped: () => undefined,
        doubled(moved) {
          heard(moved);
          heard(moved);
        },
        reordered(moved) {
          if (held.push(moved) === HELD) held.splice(0).toReversed().forEach(heard);
        },
        delayed: (moved) => void setTimeout(() => heard(moved), dice.below(LONGEST_DELAY)).unref(),
      };
      return doorbell.listen({ missed, heard: (moved) => takes[mishap()](moved) });
    },
  };
}
