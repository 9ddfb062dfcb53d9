import type { ColumnType, Generated } from "kysely";

export interface SettingTable {
  name: string;
  value: ColumnType<unknown, string, string>;
}

export interface ProcessTable {
  id: string;
  role: "web" | "worker";
  host: string;
  pid: number;
  started_at: Generated<Date>;
  seen_at: Generated<Date>;
  memory: number;
  sockets: number;
  people: number;
}

export interface InstallationTables {
  setting: SettingTable;
  process: ProcessTable;
}
