import type { Accessor } from "solid-js";

import type { Ref } from "#shared/entries/kind.ts";
import type {
  MirroredChannel,
  MirroredCommunity,
  MirroredConversation,
  MirroredMembership,
  MirroredPage,
} from "#shared/entries/kinds/mirror.ts";
import type { PlacedEntry } from "#shared/entries/fold.ts";
import type { Row } from "#shared/entries/row.ts";
import type { ChannelId, CommunityId, EntryId, MemberId, PageId } from "#shared/ids.ts";
import type { Action, Actor, Target } from "#shared/permissions/rules.ts";
import type { CaretRange } from "#shared/pages/caret.ts";
import type { RefusalCode } from "#shared/protocol/refusals.ts";
import type { Carets } from "#shared/protocol/stateless.ts";
import type { PageDraftRow } from "#client/storage/database.ts";
import type { Doc } from "yjs";

import type { ReplicaState } from "./replica.ts";

import type { Place, Said } from "./acts.ts";
import type { Tally } from "./tally.ts";

/**
 * Everything a signed-in person has on this device, and the way out of it. Features render from this alone: every
 * accessor answers at once from local data, every act is saved here first and leaves by itself.
 */
export interface Local {
  readonly me: Accessor<Profile>;
  readonly connection: Accessor<Connection>;
  /** Tries to reach the server at once, for instance after signing in again. */
  readonly reconnect: () => void;
  readonly device: Accessor<Device>;

  /** From the home and the community documents on this device; in the order in which they are shown. */
  readonly communities: Accessor<readonly MirroredCommunity[]>;
  readonly conversations: Accessor<readonly MirroredConversation[]>;
  readonly membershipOf: (community: CommunityId) => MirroredMembership | undefined;
  readonly channelsOf: (community: CommunityId) => readonly MirroredChannel[];
  /** Pinned posts, guidelines and wiki pages, and what of them is on this device. */
  readonly pages: LocalPages;
  readonly channel: (id: ChannelId) => MirroredChannel | MirroredConversation | undefined;
  /** Whether to show a button; the server decides again. */
  readonly may: (
    action: Action,
    where: ChannelId | CommunityId | PageId,
    about?: Pick<Target, "owner" | "role">,
  ) => boolean;
  readonly actorIn: (community: CommunityId) => Actor;

  /** Names, never ids: what is known here; unknown people are fetched and appear. */
  readonly profile: (id: MemberId) => Profile;

  /** Opens a channel for as long as the calling owner lives. */
  readonly openTimeline: (channel: Accessor<ChannelId>) => Timeline;
  /** Counts of a channel; of the open one from its timeline, of the others from the server's word. */
  readonly unread: (channel: ChannelId) => Unread;
  readonly markRead: (channel: ChannelId, position: number) => void;
  readonly readUpTo: (channel: ChannelId) => number | undefined;

  readonly draft: (channel: ChannelId) => Draft | undefined;
  /** Saved at once on this device, at most every 5 s to one's home; an empty body removes it. */
  readonly saveDraft: (channel: ChannelId, draft: Draft) => void;

  /** Acts. Each resolves when it is saved on this device, and rejects only when the device cannot keep it. */
  readonly send: (channel: ChannelId, message: NewMessage) => Promise<EntryId>;
  readonly edit: (channel: ChannelId, of: Ref, body: string, mentions: readonly MemberId[]) => Promise<void>;
  readonly retract: (channel: ChannelId, of: Ref) => Promise<void>;
  readonly react: (channel: ChannelId, of: Ref, key: string, on: boolean) => Promise<void>;
  readonly hide: (channel: ChannelId, of: Ref, reason: string) => Promise<void>;
  readonly restore: (channel: ChannelId, of: Ref) => Promise<void>;
  /** What lies in a log, with what waits to be sent there, for as long as the calling owner lives. */
  readonly openLog: (place: Place) => Accessor<readonly PlacedEntry[]>;
  /** Writes an entry of any kind; of a state that has not left yet, only the last word leaves. */
  readonly write: (place: Place, said: Said) => Promise<void>;
  /** What was last heard over HTTP about a place: it goes with the place. */
  readonly kept: {
    readonly read: (channel: ChannelId) => Promise<unknown>;
    readonly write: (channel: ChannelId, value: unknown) => Promise<void>;
  };
  readonly setTyping: (channel: ChannelId, on: boolean) => void;

  /** The drawer "Not sent": refused entries, oldest first. What was written on pages lies in `pages.drafts`. */
  readonly notSent: Accessor<readonly NotSent[]>;
  /** Sends it again; under a new id where the old one was refused for good. */
  readonly retry: (id: EntryId) => Promise<void>;
  /** Sends it again with another text, under a new id. */
  readonly retryAs: (id: EntryId, body: string) => Promise<void>;
  readonly discard: (id: EntryId) => Promise<void>;

  /** Removes everything of this account from this device. Unsent text is lost: ask first. */
  readonly wipe: () => Promise<void>;
  readonly close: () => void;
}

export interface LocalPages {
  /** In their order. */
  readonly of: (community: CommunityId) => readonly MirroredPage[];
  readonly find: (page: PageId) => MirroredPage | undefined;
  /** Rejects where the code for pages is not on this device and cannot be had. */
  readonly open: (page: PageId) => Promise<OpenPage>;
  /** What was written on pages and did not get in, oldest first. */
  readonly drafts: Accessor<readonly PageDraft[]>;
  /** On how many pages something was written that has not left. */
  readonly waiting: Accessor<number>;
  readonly discard: (draft: string) => Promise<void>;
}

export interface OpenPage {
  /** What the server sent and what was written here; exchanged for another where something of it did not get in. */
  readonly doc: Accessor<Doc>;
  readonly state: Accessor<ReplicaState>;
  /** What of it has not left: nothing, something that is on its way to the disk, or something that is safe there. */
  readonly waiting: Accessor<"nothing" | "keeping" | "kept">;
  readonly carets: Accessor<Carets["carets"]>;
  readonly sayCaret: (caret: { readonly client: number; readonly at?: CaretRange }) => void;
  readonly close: () => void;
}

export type PageDraft = PageDraftRow;

export interface Profile {
  readonly id: MemberId;
  /** Empty until it is known. */
  readonly name: string;
}

/** `since` in ms since 1970. */
export type Connection =
  | { readonly state: "online" }
  | { readonly state: "connecting" }
  | { readonly state: "offline"; readonly since: number }
  /** The session has ended, or somebody else is signed in. Everything here stays; signing in again goes on. */
  | { readonly state: "signed-out" };

/** What this tab and this browser can do for the person. */
export interface Device {
  /** `owner` holds socket and stores; `follower` shares them with the owner; `insecure` has no stores at all (plain http on a network address), `elsewhere` is such a tab that another one has taken over from, until `reconnect`. */
  readonly tab: "owner" | "follower" | "insecure" | "elsewhere";
  /** How many entries wait to leave, and what they are. */
  readonly waiting: number;
  readonly leaving: Tally;
  /** The browser has not promised to keep what is stored. */
  readonly mayBeEvicted: boolean;
  /** A write did not fit. */
  readonly full: boolean;
}

/**
 * Where an entry is: on its way to this device's disk, on this device, on the server. Refused ones are not in the timeline
 * but in the drawer.
 */
export type Delivery = "keeping" | "device" | "server";

export interface Timeline {
  /** In order, without holes, from the oldest loaded to the newest. Rows that did not change keep their identity. */
  readonly rows: Accessor<readonly Row[]>;
  readonly delivery: (row: Row) => Delivery;
  /** `loading`: the device is being read; `missing`: the device holds nothing of it and cannot fetch it now. */
  readonly state: Accessor<"loading" | "ready" | "missing">;
  /** Before the oldest row: nothing, more that can be had, or more that needs the network. */
  readonly before: Accessor<"start" | "more" | "offline">;
  /** After the newest row, when one has jumped into the past. */
  readonly after: Accessor<"end" | "more">;
  readonly loadBefore: () => Promise<void>;
  readonly loadAfter: () => Promise<void>;
  /** Shows the surroundings of a message, also years back. False when it cannot be had now. */
  readonly show: (of: Ref & { readonly segment: number }) => Promise<boolean>;
  readonly showNewest: () => Promise<void>;
  /** Arrived after its time and above what was read; kept until dismissed. */
  readonly late: Accessor<readonly Row[]>;
  readonly dismissLate: () => void;
  /** A message known here by its name, also outside the loaded rows. */
  readonly find: (of: Ref) => Row | undefined;
  readonly presence: Accessor<Presence>;
}

export interface Presence {
  readonly online: number;
  readonly some: readonly MemberId[];
  readonly typing: readonly MemberId[];
}

export interface Unread {
  readonly messages: number;
  readonly mentions: number;
}

export interface Draft {
  readonly body: string;
  readonly re?: Ref;
}

export interface NewMessage {
  readonly body: string;
  readonly re?: Ref;
  readonly mentions: readonly MemberId[];
}

export interface NotSent {
  readonly id: EntryId;
  readonly channel: ChannelId;
  readonly kind:
    | "message"
    | "edit"
    | "retract"
    | "reaction"
    | "hide"
    | "restore"
    | "report"
    | "appeal"
    | "remark"
    | "decision";
  readonly at: number;
  /** What was written, where there is text. */
  readonly body: string;
  readonly code: RefusalCode;
  /** The server's sentence, or the table's. */
  readonly reason: string;
  /** When what forbade it ends, in ms since 1970. */
  readonly until?: number;
  /** What a moderator gave as the reason. */
  readonly because?: string;
}
