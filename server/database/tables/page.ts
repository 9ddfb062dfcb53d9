import type { ColumnType, Generated } from "kysely";

import type { PageBody } from "#shared/pages/body.ts";

export interface PageTable {
  id: string;
  community_id: string;
  channel_id: string | null;
  title: string;
  title_terms: Generated<string>;
  kind: "post" | "guidelines" | "wiki";
  pinned: Generated<boolean>;
  position: Generated<number>;
  created_by: string | null;
  created_at: ColumnType<Date, never, never>;
  deleted_at: ColumnType<Date | null, never, Date>;
}

export interface PageVersionTable {
  page_id: string;
  version: number;
  content: ColumnType<PageBody, string, string>;
  authors: string[];
  began: number;
  at: number;
  kept: Generated<boolean>;
}

export interface PageTextTable {
  page_id: string;
  body: string;
  terms: string;
}

export interface ReadablePageView {
  person: string;
  page: string;
}

export interface PageTables {
  page: PageTable;
  page_version: PageVersionTable;
  page_text: PageTextTable;
  readable_page: ReadablePageView;
}
