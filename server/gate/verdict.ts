import type { Ref } from "#shared/entries/kind.ts";
import type { RefusalCode } from "#shared/protocol/refusals.ts";

import type { Item, Range } from "./update.ts";

/** What the judge says of a frame: it is taken whole or not at all. */
export type Verdict = Admitted | Refusal | { readonly kind: "behind" };

export interface Admitted {
  readonly kind: "admitted";
  /** What is new in it, with what is erased at once already gone; empty when it adds nothing. */
  readonly items: readonly Item[];
  readonly deletes: readonly Range[];
  /** Every entry of the frame, for the acknowledgement. */
  readonly entries: readonly Ref[];
  /** Those that arrived noticeably later than they were written. */
  readonly late: readonly Ref[];
  /** How many messages are new in it. */
  readonly messages: number;
  /** Documents that hold something erased, to be compacted. */
  readonly eraseDue: readonly string[];
}

export interface Refusal {
  readonly kind: "refused";
  readonly code: RefusalCode;
  /** The culprits; empty where the frame as a whole is to blame. */
  readonly entries: readonly Ref[];
  readonly why: string;
  /** In ms. */
  readonly retryAfter?: number;
  readonly head?: number;
  /** When what forbids it ends, in ms since 1970. */
  readonly until?: number;
  /** What a moderator gave as the reason. */
  readonly because?: string;
}

export const refuse = (code: RefusalCode, why: string, entries: readonly Ref[] = []): Refusal => ({
  kind: "refused",
  code,
  entries,
  why,
});
