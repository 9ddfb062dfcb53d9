import type { AccountTables } from "./tables/account.ts";
import type { AuditTables } from "./tables/audit.ts";
import type { AuthorityTables } from "./tables/authority.ts";
import type { CommunityTables } from "./tables/community.ts";
import type { DocumentTables } from "./tables/document.ts";
import type { FigureTables } from "./tables/figures.ts";
import type { InstallationTables } from "./tables/installation.ts";
import type { ModerationTables } from "./tables/moderation.ts";
import type { PageTables } from "./tables/page.ts";
import type { ProjectionTables } from "./tables/projection.ts";

/** The tables, one module for each migration that made them. */
export interface Database
  extends
    AccountTables,
    AuditTables,
    AuthorityTables,
    CommunityTables,
    DocumentTables,
    FigureTables,
    InstallationTables,
    ModerationTables,
    PageTables,
    ProjectionTables {}
