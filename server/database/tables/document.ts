import type { ColumnType, Generated } from "kysely";

import type { LogKind } from "#shared/documents/names.ts";

export interface DocumentTable {
  name: string;
  channel_id: string;
  kind: LogKind | "community" | "page";
  segment: number;
  version: Generated<number>;
  closed: ColumnType<number | null, number | null | undefined, number | null>;
  opened_at: number;
  erase_due: ColumnType<number | null, number | null | undefined, number | null>;
  /** How large it is. */
  entries: Generated<number>;
  bytes: Generated<number>;
  clients: Generated<number>;
  created_at: ColumnType<Date, never, never>;
}

export interface JournalTable {
  document: string;
  version: number;
  update: Uint8Array;
  author: string | null;
  received: number;
}

export interface SnapshotTable {
  document: string;
  version: number;
  state: Uint8Array;
}

export interface ClientTable {
  document: string;
  client_id: number;
  member: string | null;
  pen: Generated<boolean>;
  bound_at: ColumnType<Date, never, never>;
}

export interface EntryKeyTable {
  channel: string;
  author: string;
  id: string;
  kind: string;
  at: number;
  digest: Uint8Array | null;
  state_key: string | null;
  of_author: string | null;
  of_id: string | null;
  document: string;
  client_id: number | null;
  clock: number | null;
  version: number;
  received: number;
  state: "present" | "erased";
}

export interface DocumentTables {
  document: DocumentTable;
  journal: JournalTable;
  snapshot: SnapshotTable;
  client: ClientTable;
  entry_key: EntryKeyTable;
}
