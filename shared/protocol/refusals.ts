/**
 * What becomes of refused entries.
 * - `final`: the named ones move to the drawer "Not sent".
 * - `later`: sent again after `retryAfter`.
 * - `again`: sent again at once, under a new clientID; the third time for one entry it goes to the drawer.
 */
export type RefusalClass = "final" | "later" | "again";

interface Refusal {
  readonly class: RefusalClass;
  /** For the person whose entry it is. */
  readonly text: string;
}

/** Every refusal there is, with its meaning for whoever writes a client: in comments, which no browser must load. */
export const refusals = {
  /** The frame is not a Yjs update v1 within the grammar of logs. */
  malformed: {
    class: "final",
    text: "The server could not read this. Nobody saw it.",
  },
  /** A frame with more bytes, structs or values than one may have. */
  "too-large": {
    class: "final",
    text: "This is too large to be sent at once. Nobody saw it.",
  },
  /** The entry does not match the schema of its kind, or is of no kind that this document holds. */
  invalid: {
    class: "final",
    text: "The server does not understand this entry. Nobody saw it.",
  },
  /** The permission table does not allow this kind of entry to this member, or it lies in a log that is not theirs. */
  forbidden: {
    class: "final",
    text: "You are not allowed to do this here. Nobody saw it.",
  },
  /** The member may not read the document, or it does not exist: one answer for both. */
  "not-a-member": {
    class: "final",
    text: "You were no longer in this channel when this arrived. Nobody saw it.",
  },
  /** A message in a broadcast channel from somebody who may not announce. */
  "announcements-only": {
    class: "final",
    text: "This channel only takes announcements. Nobody saw it.",
  },
  /** The member is muted. `until` says until when, `because` why. */
  muted: {
    class: "final",
    text: "You wrote this while you could only read here. It is kept for you; nobody saw it.",
  },
  /** The member was banned from the community. `until` says until when, `because` why. */
  banned: {
    class: "final",
    text: "You wrote this while banned. It is kept for you; nobody saw it.",
  },
  /** The channel takes entries from moderators only. */
  locked: {
    class: "final",
    text: "This channel was locked before this arrived. Nobody saw it.",
  },
  /** The target of a report does not exist, or is not the member's to read: one answer for both. Or there is nothing to appeal against. */
  "nothing-there": {
    class: "final",
    text: "What this is about is not there for you any more. Nobody saw it.",
  },
  /** The channel or its community takes no new entries. */
  archived: {
    class: "final",
    text: "This channel was archived before this arrived. Nobody saw it.",
  },
  /** `at` lies more than 90 days before the receipt. */
  "too-late": {
    class: "final",
    text: "This was written more than 90 days ago, which is too long for the server to take it. Nobody saw it.",
  },
  /** `at` lies more than 2 minutes after the receipt. */
  "too-early": {
    class: "final",
    text: "The clock of this device is ahead. Set it right and send this again. Nobody saw it.",
  },
  /** The id is known with another value. */
  "id-reused": {
    class: "final",
    text: "Another version of this was sent before. Nobody saw this one.",
  },
  /** The delete set names something that is not deleted on the server. */
  "deletes-refused": {
    class: "final",
    text: "Only the server deletes. Nothing was removed.",
  },
  /** The channel is in slow mode: one message a frame, and the next after `retryAfter`. Moderators are not slowed. */
  "slow-mode": {
    class: "later",
    text: "This channel takes a message from everybody now and then. It leaves by itself.",
  },
  /** The token bucket of this member and document is empty, or the day's allowance of late entries or clientIDs is used up. */
  rate: {
    class: "later",
    text: "You are sending faster than this channel takes it. It leaves by itself in a moment.",
  },
  /** The frame could not be committed now; nothing of it was kept. */
  overload: {
    class: "later",
    text: "The server is busy. It leaves by itself in a moment.",
  },
  /** A struct starts beyond the known clock, or its origin is not known. Begin with a new clientID. */
  "missing-dependency": {
    class: "again",
    text: "The server had missed something before this.",
  },
  /** A known position carries another value or lies in another root. Begin with a new clientID. */
  fork: {
    class: "again",
    text: "Two versions of this device's log met.",
  },
  /** Only the head admits; `head` names it. Does not count as an attempt. */
  "segment-closed": {
    class: "again",
    text: "The channel went on in a new segment.",
  },
  /** The clientID is bound to another member or root of this document. Begin with a new clientID. */
  "foreign-client": {
    class: "again",
    text: "This device's log was used by somebody else.",
  },
} as const satisfies Record<string, Refusal>;

export type RefusalCode = keyof typeof refusals;
