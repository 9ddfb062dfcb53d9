import type { Kysely } from "kysely";

import { SYS, type Author } from "#shared/documents/names.ts";
import type { Entry, EntryOf } from "#shared/entries/kinds.ts";
import { caseOf } from "#shared/entries/kinds/report.ts";
import type { ChannelId, CommunityId, MemberId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";

import { settle, type Settlement } from "./settle.ts";
import { wordId } from "./word-id.ts";
import { inHome, oweWords, type Word } from "./words.ts";

interface Said {
  readonly author: Author;
  readonly entry: Entry;
}

/**
 * Hiding a message settles what was reported about it. Showing it again grants an appeal against that, and what was
 * reported waits to be decided anew. Its author is told why, and when it is shown again.
 */
export async function settleHidings(trx: Kysely<Database>, channel: ChannelId, said: readonly Said[]): Promise<void> {
  const veils = said.filter(isVeil).filter(({ author, entry }) => entry.of.author !== author);
  if (veils.length === 0) return;
  const place = await trx
    .selectFrom("channel as c")
    .innerJoin("community as o", "o.id", "c.community_id")
    .select(["o.id", "o.name"])
    .where("c.id", "=", channel)
    .executeTakeFirst();
  if (place === undefined) return;
  const community = place.id as CommunityId;
  await oweWords(
    trx,
    veils.map((veil) => wordOf(veil, channel, { id: community, name: place.name })),
  );
  await settle(trx, await settlementsOf(trx, channel, community, veils));
}

/** By the receipt of the veil: what is reported afterwards was reported of a hidden message. */
async function settlementsOf(
  trx: Kysely<Database>,
  channel: ChannelId,
  desk: CommunityId,
  veils: readonly Veil[],
): Promise<readonly Settlement[]> {
  const ids = veils.map(({ entry }) => entry.id);
  const keys = await trx
    .selectFrom("entry_key")
    .select(["author", "id", "received"])
    .where("channel", "=", channel)
    .where("id", "in", ids)
    .execute();
  const received = new Map(keys.map((key) => [`${key.author} ${key.id}`, key.received]));
  return veils.flatMap(({ author, entry }): readonly Settlement[] => {
    const at = received.get(`${author} ${entry.id}`) ?? entry.at;
    const target = { of: "message", channel, author: entry.of.author, id: entry.of.id } as const;
    const made = {
      desk,
      author: author as MemberId,
      id: entry.id,
      until: at,
      at: entry.at,
      received: at,
      projected: true,
    };
    if (entry.kind === "hide") return [{ ...made, case: caseOf(target), outcome: "hidden" }];
    return [
      { ...made, case: caseOf(target), outcome: "reopened" },
      { ...made, case: caseOf(target).replace(/^message/, "appeal"), outcome: "acted" },
    ];
  });
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
