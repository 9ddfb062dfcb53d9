import { sql, type RawBuilder } from "kysely";

import type { CommunityId } from "#shared/ids.ts";

/** Whoever asks. Cases are counted that they may know of: none about themselves, nor about whom they may not judge. */
interface Asker {
  readonly asker: string;
  /** What those may be in the community whom cases are about; nothing where they are no members. */
  readonly judged: readonly string[];
}

/** What a report is about. Of a community only those channels are counted that whoever asks may read. */
export type Scope =
  | { readonly of: "platform"; readonly asker: string }
  | ({
      readonly of: "community" | "channel";
      readonly community: CommunityId;
      readonly channels: readonly string[];
    } & Asker);

/** Whether a row of `table` belongs to what is reported on. */
export const within = (scope: Scope, table: string): RawBuilder<boolean> =>
  scope.of === "platform"
    ? sql<boolean>`true`
    : sql<boolean>`${sql.ref(`${table}.channel`)} = any(${scope.channels}::uuid[])`;
