import type { Chain } from "./chain.ts";
import { troubleAtEnd } from "./end.ts";
import { verifyTrail } from "./verify.ts";

export interface TrailWatch {
  /** What is known to be wrong with the trail, in a sentence. Answers at once; who goes on asking has it followed anew. */
  trouble(): Promise<string | undefined>;
  close(): Promise<void>;
}

/** In ms, from one following of the whole chain to the next: sooner where something was wrong, and may have been mended. */
const EVERY = { whole: 600_000, broken: 30_000 };

/** Looks after the trail for as long as somebody asks: its end each time, all of it now and then. */
export function watchTrail(chain: Chain, failed: (error: unknown) => void, now: () => number = Date.now): TrailWatch {
  let found: string | undefined;
  let due = 0;
  let following: Promise<void> | undefined;
  let isClosing = false;

  async function follow(): Promise<void> {
    const { broken } = await verifyTrail(chain, () => {
      if (isClosing) throw new Error("closing");
    });
    found = broken;
    due = now() + (broken === undefined ? EVERY.whole : EVERY.broken);
  }

  return {
    async trouble() {
      if (now() >= due && !isClosing)
        following ??= follow()
          .catch((error: unknown) => void (isClosing || failed(error)))
          .finally(() => (following = undefined));
      return (await troubleAtEnd(chain.db, chain.head.read())) ?? found;
    },
    async close() {
      isClosing = true;
      await following;
    },
  };
}
