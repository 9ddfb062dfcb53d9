import type { ColumnType, Generated } from "kysely";

import type { Entry } from "#shared/entries/kinds.ts";

export interface SpokenTable {
  channel_id: string;
  person_id: string;
  received: number;
}

export interface MeasureTable {
  id: string;
  community_id: string | null;
  person_id: string;
  kind: "warn" | "mute" | "kick" | "ban";
  reason: string;
  by_id: string;
  at: Date;
  until: Date | null;
  lifted_at: ColumnType<Date | null, never, Date | null>;
  lifted_by: ColumnType<string | null, never, string | null>;
  role: "admin" | "moderator" | "member" | "guest" | null;
  channels: Generated<string[]>;
}

export interface SettlementTable {
  desk: string;
  case_key: string;
  author: string;
  id: string;
  outcome: "dismissed" | "hidden" | "acted" | "reopened";
  until: number;
  at: number;
  received: number;
  projected: boolean;
}

export interface ReferralTable {
  case_key: string;
  community_id: string;
}

export interface ReportedPageTable {
  page_id: string;
  reporter: string;
  about: string;
  at: number;
  id: string;
}

export interface ReportTable {
  reporter: string;
  case_key: string;
  desk: string;
  about: string;
  ground: string | null;
  note: string;
  open: boolean;
  at: number;
  id: string;
  received: number;
}

export interface WordDueTable {
  id: string;
  kind: "desk" | "user";
  log: string;
  entry: ColumnType<Entry, string, never>;
  since: ColumnType<Date, never, never>;
}

export interface ModerationTables {
  spoken: SpokenTable;
  measure: MeasureTable;
  settlement: SettlementTable;
  referral: ReferralTable;
  reported_page: ReportedPageTable;
  report: ReportTable;
  word_due: WordDueTable;
}
