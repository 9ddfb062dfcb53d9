import type { ColumnType, Generated } from "kysely";

import type { Entry } from "#shared/entries/kinds.ts";

export interface MirrorDueTable {
  document: string;
  stamp: Generated<number>;
  since: ColumnType<Date, never, never>;
}

export interface NoticeDueTable {
  id: string;
  kind: "channel" | "dm";
  channel_id: string;
  entry: ColumnType<Entry, string, never>;
  since: ColumnType<Date, never, never>;
}

export interface AuthorityTables {
  mirror_due: MirrorDueTable;
  notice_due: NoticeDueTable;
}
