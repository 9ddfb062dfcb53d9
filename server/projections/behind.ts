import { sql, type Kysely } from "kysely";

import type { Database } from "#server/database/types.ts";

import { PAGES } from "./pages.ts";
import { projections, signature } from "./projections.ts";
import { timeline } from "./timeline.ts";

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

/** Whether all that was written in these channels, or in any, is in the figures. */
export async function isCounted(db: Kysely<Database>, channels: readonly string[] | "all"): Promise<boolean> {
  const { rows } = await sql`
    select from document d left join checkpoint c on c.projection = ${signature(timeline)} and c.document = d.name
    where d.kind = 'channel' and d.version > coalesce(c.version, 0)
      and ${channels === "all" ? sql`true` : sql`d.channel_id = any(${channels})`}
    limit 1`.execute(db);
  return rows.length === 0;
}
