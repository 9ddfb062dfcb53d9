import { Dexie, type EntityTable } from "dexie";

import type { LogKind } from "#shared/documents/names.ts";
import type { Ref } from "#shared/entries/kind.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import type { ChannelId, EntryId, MemberId, PageId } from "#shared/ids.ts";
import type { RefusalCode } from "#shared/protocol/refusals.ts";

import { removeReplicaStore } from "./replica-store.ts";

/** Where an entry was put when it was sent: the n-th value of a clientID in a document. */
export interface SentAt {
  readonly document: string;
  readonly client: number;
  readonly clock: number;
}

/**
 * An entry that the server's log does not show yet.
 * - `waiting`: never put into a frame. Its author may still rewrite or drop it.
 * - `framed`: it may have arrived. Its value never changes again.
 * - `committed`: the server has it; only its echo is missing.
 */
export interface UnsentRow {
  readonly id: EntryId;
  readonly channel: ChannelId;
  readonly log: LogKind;
  readonly entry: Entry;
  /** What of the server's clock was guessed in `entry.at`; undefined where it was known. */
  readonly offset: number | undefined;
  readonly state: "waiting" | "framed" | "committed";
  readonly sent: readonly SentAt[];
  /** How often the server wanted it again. */
  readonly attempts: number;
  /** A frame with it was refused and nobody named: it travels by itself. */
  readonly alone: boolean;
}

/** An entry that did not get in, kept for its author. */
export interface RefusedRow {
  readonly id: EntryId;
  readonly channel: ChannelId;
  readonly log: LogKind;
  readonly entry: Entry;
  readonly code: RefusalCode;
  readonly reason: string;
  /** When what forbade it ends, and what a moderator gave as the reason. */
  readonly until?: number | undefined;
  readonly because?: string | undefined;
}

/** A replica that is stored: `name` is its IndexedDB database. One of another incarnation is void. */
export interface ReplicaRow {
  readonly name: string;
  readonly document: string;
  readonly incarnation: string;
  /** Something was deleted from it whose bytes may still be on the disk. */
  readonly rewriteDue: boolean;
}

interface SegmentLine {
  readonly n: number;
  readonly openedAt: number;
}

/** The segments of a channel, the head last. */
export interface DirectoryRow {
  readonly channel: ChannelId;
  readonly segments: readonly SegmentLine[];
}

/** What this device remembers of a channel beside its entries. */
export interface PlaceRow {
  readonly channel: ChannelId;
  /** When it was last opened here. */
  readonly visited: number;
  /** The server's last word about what is unread in it. */
  readonly messages: number;
  readonly mentions: number;
}

/** `dirty`: not yet said in one's home. */
export interface MarkerRow {
  readonly channel: ChannelId;
  readonly read: number;
  readonly at: number;
  readonly dirty: boolean;
}

export interface DraftRow {
  readonly channel: ChannelId;
  readonly body: string;
  readonly re?: Ref | undefined;
  readonly at: number;
  readonly dirty: boolean;
}

/** Edits of a page that its replica does not hold yet: an update of its document. */
export interface PageEditRow {
  readonly id: string;
  readonly page: PageId;
  readonly update: Uint8Array;
}

/** What somebody wrote on a page and could not bring there, kept for them. */
export interface PageDraftRow {
  readonly id: string;
  readonly page: PageId;
  readonly title: string;
  /** What they added or reworded, and the page as it would have been; as markdown. Empty where they may not read it. */
  readonly written: string;
  /** Of it only their own words. */
  readonly own: string;
  readonly whole: string;
  readonly at: number;
  readonly code: RefusalCode;
  readonly reason: string;
}

interface ProfileRow {
  readonly id: MemberId;
  readonly name: string;
}

/** What was last heard over HTTP about a place, to be looked at without a network. */
interface KeptRow {
  readonly channel: ChannelId;
  readonly value: unknown;
}

export interface MetaRow {
  readonly key: "incarnation" | "offset";
  readonly value: string | number;
}

interface Tables {
  readonly unsent: EntityTable<UnsentRow, "id">;
  readonly refused: EntityTable<RefusedRow, "id">;
  readonly replica: EntityTable<ReplicaRow, "name">;
  readonly directory: EntityTable<DirectoryRow, "channel">;
  readonly place: EntityTable<PlaceRow, "channel">;
  readonly marker: EntityTable<MarkerRow, "channel">;
  readonly draft: EntityTable<DraftRow, "channel">;
  readonly profile: EntityTable<ProfileRow, "id">;
  readonly pageEdit: EntityTable<PageEditRow, "id">;
  readonly pageDraft: EntityTable<PageDraftRow, "id">;
  readonly meta: EntityTable<MetaRow, "key">;
  readonly kept: EntityTable<KeptRow, "channel">;
}

/** What one account keeps on this device beside its replicas. */
export type LocalDatabase = Dexie & Tables;

/** Every database, lock and channel of an account begins so. */
export const accountPrefix = (account: MemberId): string => `folkmoot-${account}`;

/** "On this device" is only true once it is on the disk: transactions are durable when they resolve. */
export async function openDatabase(account: MemberId): Promise<LocalDatabase> {
  const db = new Dexie(accountPrefix(account), { chromeTransactionDurability: "strict" }) as LocalDatabase;
  db.version(1).stores({
    unsent: "id",
    refused: "id",
    replica: "name, document",
    directory: "channel",
    place: "channel",
    marker: "channel",
    draft: "channel",
    profile: "id",
    meta: "key",
  });
  db.version(2).stores({ pageEdit: "id", pageDraft: "id", kept: "channel" });
  await db.open();
  return db;
}

/** Removes all that an account has on this device: its replicas, and then what knows their names. Nobody may have it open. */
export async function removeDatabases(account: MemberId): Promise<void> {
  const db = await openDatabase(account);
  const replicas = await db.replica.toArray();
  db.close();
  await Promise.all(replicas.map(({ name }) => removeReplicaStore(name)));
  await Dexie.delete(accountPrefix(account));
}
