import { sql } from "kysely";

import type { EntryOf } from "#shared/entries/kinds.ts";

import type { Projection } from "./projection.ts";

/** How far people have read. Only a person's own word in their own home counts; the last one by (at, id) stands. */
export const markers: Projection = {
  name: "markers",
  version: 1,
  of: ["user"],

  async project(trx, { id: home }, { added }) {
    const latest = new Map<string, EntryOf<"marker">>();
    for (const { author, entry } of added) {
      if (entry.kind !== "marker" || author !== (home as string)) continue;
      const known = latest.get(entry.channel);
      if (known === undefined || isLater(entry, known)) latest.set(entry.channel, entry);
    }
    const list = [...latest.values()];
    if (list.length === 0) return;

    await sql`
      insert into marker (person, channel, read, at, id)
      select ${home}, * from unnest(
        ${list.map(({ channel }) => channel)}::uuid[], ${list.map(({ read }) => read)}::bigint[],
        ${list.map(({ at }) => at)}::bigint[], ${list.map(({ id }) => id)}::text[])
      on conflict (person, channel) do update set read = excluded.read, at = excluded.at, id = excluded.id
      where (marker.at, marker.id) < (excluded.at, excluded.id)`.execute(trx);
  },

  empty: async (trx) => void (await sql`truncate marker`.execute(trx)),
};

const isLater = (a: EntryOf<"marker">, b: EntryOf<"marker">): boolean => (a.at !== b.at ? a.at > b.at : a.id > b.id);
