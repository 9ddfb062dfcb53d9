import { sql, type Kysely } from "kysely";

import type { Database } from "#server/database/types.ts";

import { PAGES } from "./pages.ts";
import { projections, signature } from "./projections.ts";

/** Every projection with the kinds of documents that it reads, by the name that it goes by and the one it signs with. */
export const expected = [
  ...projections.flatMap((projection) =>
    projection.of.map((kind) => ({ kind, name: projection.name, signed: signature(projection) })),
  ),
  { kind: "page", name: "pages", signed: PAGES },
];

/** Documents that some projection has not read to the end, most recently opened first. */
export async function documentsBehind(db: Kysely<Database>, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select d.name from document d
    join unnest(${expected.map(({ kind }) => kind)}::text[], ${expected.map(({ signed }) => signed)}::text[]) as expected (kind, signed)
      on expected.kind = d.kind
    left join checkpoint c on c.projection = expected.signed and c.document = d.name
    where d.version > coalesce(c.version, 0)
    order by d.opened_at desc
    limit ${limit}`.execute(db);
  return rows.map(({ name }) => name);
}

/** Whether all that was written in these channels and on these desks, or in any, is in the figures. */
export async function isCounted(
  db: Kysely<Database>,
  kinds: readonly ("channel" | "desk")[],
  logs: readonly string[] | "all",
): Promise<boolean> {
  const read = expected.filter(({ kind }) => kinds.some((one) => one === kind));
  const { rows } = await sql`
    select from document d
    join unnest(${read.map(({ kind }) => kind)}::text[], ${read.map(({ signed }) => signed)}::text[]) as read (kind, signed)
      on read.kind = d.kind
    left join checkpoint c on c.projection = read.signed and c.document = d.name
    where d.version > coalesce(c.version, 0) and ${logs === "all" ? sql`true` : sql`d.channel_id = any(${logs})`}
    limit 1`.execute(db);
  return rows.length === 0;
}
