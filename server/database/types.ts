import type { AccountTables } from "./tables/account.ts";
import type { AuthorityTables } from "./tables/authority.ts";
import type { CommunityTables } from "./tables/community.ts";
import type { DocumentTables } from "./tables/document.ts";
import type { ModerationTables } from "./tables/moderation.ts";
import type { ProjectionTables } from "./tables/projection.ts";

/** The tables, one module for each migration that made them. */
export interface Database
  extends AccountTables, AuthorityTables, CommunityTables, DocumentTables, ModerationTables, ProjectionTables {}
