import { sql, type Kysely } from "kysely";

import type { Database } from "#server/database/types.ts";

import { expected } from "./behind.ts";

const SHOWN = 20;

const names = [...new Set(expected.map(({ name }) => name))];

/** Every document with every projection that reads it, and how far that has come. */
const progress = () => sql`
  select d.name as document, e.name as projection, d.version, coalesce(c.version, 0) as read
  from document d
  join unnest(${expected.map(({ kind }) => kind)}::text[], ${expected.map(({ name }) => name)}::text[],
    ${expected.map(({ signed }) => signed)}::text[]) as e (kind, name, signed) on e.kind = d.kind
  left join checkpoint c on c.projection = e.signed and c.document = d.name`;

interface Lag {
  readonly name: string;
  readonly documents: number;
  readonly behind: number;
  readonly updates: number;
}

interface Lagging {
  readonly document: string;
  readonly projection: string;
  readonly updates: number;
  readonly since: number | undefined;
}

/** How far behind the journal each projection is, and where most. */
export async function lag(db: Kysely<Database>) {
  const [totals, lagging] = await Promise.all([totalsOf(db), laggingOf(db)]);
  return { projections: totals.map((total) => ({ ...total, since: oldest(lagging, total.name) })), lagging };
}

async function totalsOf(db: Kysely<Database>): Promise<readonly Lag[]> {
  const { rows } = await sql<Lag>`
    select projection as name, count(*) as documents, count(*) filter (where read < version) as behind,
      coalesce(sum(version - read) filter (where read < version), 0)::bigint as updates
    from (${progress()}) p group by projection`.execute(db);
  const found = new Map(rows.map((row) => [row.name, row]));
  return names.map((name) => found.get(name) ?? { name, documents: 0, behind: 0, updates: 0 });
}

/** Since when: the oldest row that has not been read, as far as it is still in the journal. */
async function laggingOf(db: Kysely<Database>): Promise<readonly Lagging[]> {
  const { rows } = await sql<Omit<Lagging, "since"> & { readonly since: number | null }>`
    select p.document, p.projection, (p.version - p.read)::bigint as updates,
      (select j.received from journal j where j.document = p.document and j.version > p.read order by j.version limit 1) as since
    from (${progress()}) p where p.read < p.version
    order by since nulls first, updates desc, p.document, p.projection limit ${SHOWN}`.execute(db);
  return rows.map((row) => ({ ...row, since: row.since ?? undefined }));
}

function oldest(lagging: readonly Lagging[], name: string): number | undefined {
  const times = lagging.flatMap(({ projection, since }) => (projection === name && since !== undefined ? [since] : []));
  return times.length === 0 ? undefined : Math.min(...times);
}
