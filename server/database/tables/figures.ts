import type { ColumnType } from "kysely";

interface Counts {
  messages: number;
  replies: number;
  reactions: number;
}

export interface ActivityTable extends Counts {
  channel: string;
  person: string;
  slot: number;
}

export interface ActivityDayTable extends Counts {
  channel: string;
  person: string;
  day: number;
}

export interface ResonanceTable {
  channel: string;
  author: string;
  id: string;
  at: number;
  replies: number;
  reactions: number;
  first_reply: number | null;
}

export interface ModerationActTable {
  channel: string;
  author: string;
  id: string;
  kind: "hide" | "restore";
  at: number;
  of_author: string;
  of_id: string;
}

/** Filled by a trigger. */
export interface MembershipStepTable {
  community_id: string;
  at: ColumnType<Date, never, never>;
  step: 1 | -1;
}

/** Filled by a trigger. */
export interface ReportStepTable {
  reporter: string;
  case_key: string;
  id: string;
  open: boolean;
  received: number;
}

export interface FigureTables {
  activity: ActivityTable;
  activity_day: ActivityDayTable;
  resonance: ResonanceTable;
  moderation_act: ModerationActTable;
  membership_step: MembershipStepTable;
  report_step: ReportStepTable;
}
