import { sql, type Kysely } from "kysely";
import { v7 as uuid } from "uuid";

import type { CommunityId, MemberId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";

/** The people of an import: unclaimed identities, who have a name and can neither sign in nor be members. */
export interface Identities {
  /** Who these authors are, by name; makes those that are new. */
  of(names: Iterable<string>): Promise<ReadonlyMap<string, MemberId>>;
}

export function createIdentities(db: Kysely<Database>, community: CommunityId): Identities {
  const known = new Map<string, MemberId>();
  const originOf = (name: string): string => `import/${community}/${name}`;

  async function make(names: readonly string[]): Promise<void> {
    await sql`
      insert into person (id, name, origin)
      select * from unnest(${names.map(() => uuid())}::uuid[], ${names}::text[], ${names.map(originOf)}::text[])
      on conflict (origin) do nothing`.execute(db);
    const { rows } = await sql<{ id: MemberId; origin: string }>`
      select id, origin from person where origin = any(${names.map(originOf)}::text[])`.execute(db);
    const idByOrigin = new Map(rows.map(({ id, origin }) => [origin, id]));
    names.forEach((name) => known.set(name, idByOrigin.get(originOf(name)) as MemberId));
  }

  return {
    async of(names) {
      const missing = [...new Set(names)].filter((name) => !known.has(name));
      if (missing.length > 0) await make(missing);
      return known;
    },
  };
}
