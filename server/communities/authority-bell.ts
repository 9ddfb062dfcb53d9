import { sql, type Kysely } from "kysely";

import type { Database } from "#server/database/types.ts";
import type { AuthorityChange } from "#server/documents/authority-change.ts";

/** The channel of PostgreSQL's notifications on which every node hears of changes of authority. */
const AUTHORITY_BELL = "authority";

/** A notification holds 7,999 bytes, an id 39 with its quotes and comma. */
const IDS_PER_RING = 150;

/** Rings on all nodes when the transaction commits, and not at all when it does not. */
export async function ringAuthority(trx: Kysely<Database>, change: AuthorityChange): Promise<void> {
  for (const part of parts(change))
    await sql`select pg_notify(${AUTHORITY_BELL}, ${JSON.stringify(part)})`.execute(trx);
}

function parts(change: AuthorityChange): readonly AuthorityChange[] {
  const lists = Object.entries(change) as [keyof AuthorityChange, readonly string[]][];
  const total = lists.reduce((sum, [, ids]) => sum + ids.length, 0);
  if (total === 0) return [];
  if (total <= IDS_PER_RING) return [change];

  const nothing: AuthorityChange = { people: [], communities: [], channels: [], sessions: [] };
  return lists.flatMap(([name, ids]) => chunks(ids).map((chunk): AuthorityChange => ({ ...nothing, [name]: chunk })));
}

const chunks = (ids: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / IDS_PER_RING) }, (_, index) =>
    ids.slice(index * IDS_PER_RING, (index + 1) * IDS_PER_RING),
  );
