import type { EntryId } from "#shared/ids.ts";
import type { RefusalCode } from "#shared/protocol/refusals.ts";

export const people = ["alice", "bob", "carol"] as const;
export type Name = (typeof people)[number];

/** Names a message. */
export interface Target {
  readonly author: Name;
  readonly id: EntryId;
}

/** Something that somebody has said, as far as anybody can tell it from the rest. */
export interface Said {
  readonly author: Name;
  readonly kind: "message" | "edit" | "retract" | "reaction" | "hide" | "restore";
  /** Of messages alone; of all else nobody is told. */
  readonly id?: EntryId;
  readonly of?: Target;
  readonly re?: Target;
  body?: string;
  readonly key?: string;
  on?: boolean;
  readonly reason?: string;
  /** It was put into a frame, and never changes again. */
  isFixed: boolean;
  /** A frame with it was not answered: it may be there, or still arrive. */
  mayArrive: boolean;
  /** The server has taken it, whether or not its author knows. */
  isTaken: boolean;
  /** Its author knows. */
  isKnown: boolean;
}

export interface ModelDevice {
  readonly owner: Name;
  isOnline: boolean;
  /** As far as it knows, the channel is there for its owner. */
  isIn: boolean;
  /** What it has said and has not seen in the channel since, in the order of writing. */
  pending: Said[];
  drawer: { readonly said: Said; readonly code: RefusalCode }[];
}
