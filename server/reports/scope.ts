import { sql, type RawBuilder } from "kysely";

/** What a report is about. Of a community only those channels are counted that whoever asks may read. */
export type Scope =
  | { readonly of: "platform" }
  | { readonly of: "community"; readonly community: string; readonly channels: readonly string[] }
  | { readonly of: "channel"; readonly channels: readonly string[] };

/** Whether a row of `table` belongs to what is reported on. */
export const within = (scope: Scope, table: string): RawBuilder<boolean> =>
  scope.of === "platform"
    ? sql<boolean>`true`
    : sql<boolean>`${sql.ref(`${table}.channel`)} = any(${scope.channels}::uuid[])`;
