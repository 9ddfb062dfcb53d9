import { sql, type Kysely } from "kysely";

import type { Database } from "#server/database/types.ts";

import { PAGES } from "./pages.ts";
import { projections, signature } from "./projections.ts";

/** Documents that some projection has not read to the end, most recently opened first. */
export async function documentsBehind(db: Kysely<Database>, limit: number): Promise<readonly string[]> {
  const expected = [
    ...projections.flatMap((projection) => projection.of.map((kind) => ({ kind, signed: signature(projection) }))),
    { kind: "page", signed: PAGES },
  ];
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
