import type { ColumnType, Generated } from "kysely";

import type { Role } from "#shared/permissions/rules.ts";

type Created = ColumnType<Date, Date | undefined, never>;

export interface CommunityTable {
  id: string;
  name: string;
  description: Generated<string>;
  rules: Generated<string>;
  hue: Generated<number>;
  access: "open" | "invitation";
  archived_at: Date | null;
  delete_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  closed_for_deletion: Generated<boolean>;
  created_at: Created;
}

export interface MembershipTable {
  community_id: string;
  person_id: string;
  role: Role;
  joined_at: Created;
  muted_until: ColumnType<Date | null, Date | null | undefined, Date | null>;
}

export interface ChannelTable {
  id: string;
  kind: "chat" | "broadcast" | "direct" | "group" | "saved";
  community_id: string | null;
  name: Generated<string>;
  topic: Generated<string>;
  private: Generated<boolean>;
  position: Generated<number>;
  pair: string | null;
  archived_at: Date | null;
  locked_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  slow_seconds: Generated<number>;
  created_at: Created;
}

export interface ParticipantTable {
  channel_id: string;
  person_id: string;
  joined_at: Created;
}

export interface InvitationTable {
  id: string;
  token_hash: string;
  community_id: string;
  created_by: string;
  role: Generated<"member" | "guest">;
  uses_left: number | null;
  expires_at: Date | null;
  revoked_at: Date | null;
  created_at: Created;
}

export interface CommunityTables {
  community: CommunityTable;
  membership: MembershipTable;
  channel: ChannelTable;
  participant: ParticipantTable;
  invitation: InvitationTable;
}
