import type { ColumnType, GeneratedAlways } from "kysely";

import type { AuditAct, AuditDetails, AuditTargetKind } from "#shared/audit/acts.ts";

export interface AuditActTable {
  id: GeneratedAlways<number>;
  at: ColumnType<number, number, never>;
  actor: ColumnType<string | null, string | null, never>;
  act: ColumnType<AuditAct, AuditAct, never>;
  target_kind: ColumnType<AuditTargetKind, AuditTargetKind, never>;
  target_id: ColumnType<string, string, never>;
  target_name: ColumnType<string | null, string | null, never>;
  community: ColumnType<string | null, string | null, never>;
  details: ColumnType<AuditDetails, string, never>;
}

export interface AuditLinkTable {
  position: number;
  act: number;
  hash: Buffer;
}

export interface AuditWaitingTable {
  act: number;
}

export interface AuditTables {
  audit_act: AuditActTable;
  audit_link: AuditLinkTable;
  audit_waiting: AuditWaitingTable;
}
