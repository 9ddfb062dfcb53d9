import type { ColumnType, Generated } from "kysely";

type Created = ColumnType<Date, Date | undefined, never>;

export interface PersonTable {
  id: string;
  login: string | null;
  name: string;
  platform_admin: Generated<boolean>;
  disabled_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  origin: ColumnType<string | null, string | null | undefined, string | null>;
  created_at: Created;
}

export interface PasswordTable {
  person_id: string;
  hash: string;
  changed_at: Generated<Date>;
}

export interface SessionTable {
  id: string;
  person_id: string;
  handle: string;
  device: Generated<string>;
  created_at: Created;
  seen_at: Generated<Date>;
  expires_at: Date;
}

export interface OneTimeLinkTable {
  id: string;
  purpose: "first-admin" | "reset" | "sign-in";
  person_id: string | null;
  expires_at: Date;
  used_at: ColumnType<Date | null, never, Date>;
}

export interface AccessTokenTable {
  id: string;
  person_id: string;
  handle: string;
  name: string;
  incarnation: string;
  expires_at: Date | null;
  used_at: ColumnType<Date | null, never, Date>;
  created_at: Created;
}

export interface AccountTables {
  person: PersonTable;
  password: PasswordTable;
  session: SessionTable;
  one_time_link: OneTimeLinkTable;
  access_token: AccessTokenTable;
}
