import type { Kysely } from "kysely";

import { SYS, type Author } from "#shared/documents/names.ts";
import type { Entry, EntryOf } from "#shared/entries/kinds.ts";
import { caseOf } from "#shared/entries/kinds/report.ts";
import type { ChannelId, CommunityId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";

import { wordId } from "./word-id.ts";
import { inHome, oweWords, type Word } from "./words.ts";

interface Said {
  readonly author: Author;
  readonly entry: Entry;
}

/** Tells the authors of hidden messages why, and when they are shown again. */
export async function oweHidings(trx: Kysely<Database>, channel: ChannelId, said: readonly Said[]): Promise<void> {
  const veils = said.filter(isVeil).filter(({ author, entry }) => entry.of.author !== author);
  if (veils.length === 0) return;
  const place = await trx
    .selectFrom("channel as c")
    .innerJoin("community as o", "o.id", "c.community_id")
    .select(["o.id", "o.name"])
    .where("c.id", "=", channel)
    .executeTakeFirst();
  if (place !== undefined)
    await oweWords(
      trx,
      veils.map((veil) => wordOf(veil, channel, { ...place, id: place.id as CommunityId })),
    );
}

type Veil = Said & { readonly entry: EntryOf<"hide"> | EntryOf<"restore"> };

const isVeil = (said: Said): said is Veil =>
  said.author !== SYS && (said.entry.kind === "hide" || said.entry.kind === "restore");

function wordOf(
  { author, entry }: Veil,
  channel: ChannelId,
  place: { readonly id: CommunityId; readonly name: string },
): Word {
  return inHome(entry.of.author, {
    id: wordId(entry.at, "hidden", author, entry.id),
    at: entry.at,
    kind: "measure",
    key: caseOf({ of: "message", channel, author: entry.of.author, id: entry.of.id }),
    measure: "hide",
    community: place.id,
    where: place.name,
    reason: entry.kind === "hide" ? entry.reason : "",
    lifted: entry.kind === "restore",
  });
}
