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
  /** For whoever writes a client. */
  readonly meaning: string;
}

/** Every refusal there is. */
export const refusals = {
  malformed: {
    class: "final",
    text: "The server could not read this. Nobody saw it.",
    meaning: "The frame is not a Yjs update v1 within the grammar of logs.",
  },
  "too-large": {
    class: "final",
    text: "This is too large to be sent at once. Nobody saw it.",
    meaning: "A frame with more bytes, structs or values than one may have.",
  },
  invalid: {
    class: "final",
    text: "The server does not understand this entry. Nobody saw it.",
    meaning: "The entry does not match the schema of its kind, or is of no kind that this document holds.",
  },
  forbidden: {
    class: "final",
    text: "You are not allowed to do this here. Nobody saw it.",
    meaning:
      "The permission table does not allow this kind of entry to this member, or it lies in a log that is not theirs.",
  },
  "not-a-member": {
    class: "final",
    text: "You were no longer in this channel when this arrived. Nobody saw it.",
    meaning: "The member may not read the document, or it does not exist: one answer for both.",
  },
  "announcements-only": {
    class: "final",
    text: "This channel only takes announcements. Nobody saw it.",
    meaning: "A message in a broadcast channel from somebody who may not announce.",
  },
  muted: {
    class: "final",
    text: "You wrote this while you could only read here. It is kept for you; nobody saw it.",
    meaning: "The member is muted. `until` says until when, `because` why.",
  },
  banned: {
    class: "final",
    text: "You wrote this while banned. It is kept for you; nobody saw it.",
    meaning: "The member was banned from the community. `until` says until when, `because` why.",
  },
  locked: {
    class: "final",
    text: "This channel was locked before this arrived. Nobody saw it.",
    meaning: "The channel takes entries from moderators only.",
  },
  "nothing-there": {
    class: "final",
    text: "What you reported is not there for you any more. Nobody saw the report.",
    meaning: "The target of a report does not exist, or is not the member's to read: one answer for both.",
  },
  archived: {
    class: "final",
    text: "This channel was archived before this arrived. Nobody saw it.",
    meaning: "The channel or its community takes no new entries.",
  },
  "too-late": {
    class: "final",
    text: "This was written more than 90 days ago, which is too long for the server to take it. Nobody saw it.",
    meaning: "`at` lies more than 90 days before the receipt.",
  },
  "too-early": {
    class: "final",
    text: "The clock of this device is ahead. Set it right and send this again. Nobody saw it.",
    meaning: "`at` lies more than 2 minutes after the receipt.",
  },
  "id-reused": {
    class: "final",
    text: "Another version of this was sent before. Nobody saw this one.",
    meaning: "The id is known with another value.",
  },
  "deletes-refused": {
    class: "final",
    text: "Only the server deletes. Nothing was removed.",
    meaning: "The delete set names something that is not deleted on the server.",
  },
  "slow-mode": {
    class: "later",
    text: "This channel takes a message from everybody now and then. It leaves by itself.",
    meaning:
      "The channel is in slow mode: one message a frame, and the next after `retryAfter`. Moderators are not slowed.",
  },
  rate: {
    class: "later",
    text: "You are sending faster than this channel takes it. It leaves by itself in a moment.",
    meaning:
      "The token bucket of this member and document is empty, or the day's allowance of late entries or clientIDs is used up.",
  },
  overload: {
    class: "later",
    text: "The server is busy. It leaves by itself in a moment.",
    meaning: "The frame could not be committed now; nothing of it was kept.",
  },
  "missing-dependency": {
    class: "again",
    text: "The server had missed something before this.",
    meaning: "A struct starts beyond the known clock, or its origin is not known. Begin with a new clientID.",
  },
  fork: {
    class: "again",
    text: "Two versions of this device's log met.",
    meaning: "A known position carries another value or lies in another root. Begin with a new clientID.",
  },
  "segment-closed": {
    class: "again",
    text: "The channel went on in a new segment.",
    meaning: "Only the head admits; `head` names it. Does not count as an attempt.",
  },
  "foreign-client": {
    class: "again",
    text: "This device's log was used by somebody else.",
    meaning: "The clientID is bound to another member or root of this document. Begin with a new clientID.",
  },
} as const satisfies Record<string, Refusal>;

export type RefusalCode = keyof typeof refusals;
