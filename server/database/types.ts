import type { AccountTables } from "./tables/account.ts";
import type { CommunityTables } from "./tables/community.ts";
import type { DocumentTables } from "./tables/document.ts";

/** The tables, one module for each migration that made them. */
export interface Database extends AccountTables, CommunityTables, DocumentTables {}
