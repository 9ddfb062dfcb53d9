import type { ColumnType, Generated } from "kysely";

import type { Entry } from "#shared/entries/kinds.ts";

export interface CheckpointTable {
  projection: string;
  document: string;
  version: number;
}

export interface EntryTable {
  channel: string;
  author: string;
  id: string;
  segment: number;
  value: Entry;
  document: string;
  client_id: number;
  clock: number;
}

export interface EntryAboutTable {
  channel: string;
  of_author: string;
  of_id: string;
  author: string;
  id: string;
}

export interface MessageTable {
  channel: string;
  author: string;
  id: string;
  segment: number;
  kind: "message" | "removed";
  at: number;
  position: number;
  body: string;
  re_author: string | null;
  re_id: string | null;
  mentions: string[];
  edited: number | null;
  hidden_by: string | null;
  hidden_reason: string | null;
  received: number | null;
  terms: string | null;
}

export interface ReactionTable {
  channel: string;
  of_author: string;
  of_id: string;
  key: string;
  member: string;
  at: Generated<number>;
}

export interface MentionTable {
  member: string;
  channel: string;
  author: string;
  id: string;
  position: number;
}

export interface MarkerTable {
  person: string;
  channel: string;
  read: number;
  at: number;
  id: string;
}

/** A view. */
export interface ReadableChannelTable {
  person: string;
  channel: string;
  since: ColumnType<Date, never, never>;
}

export interface ProjectionTables {
  checkpoint: CheckpointTable;
  entry: EntryTable;
  entry_about: EntryAboutTable;
  message: MessageTable;
  reaction: ReactionTable;
  mention: MentionTable;
  marker: MarkerTable;
  readable_channel: ReadableChannelTable;
}
