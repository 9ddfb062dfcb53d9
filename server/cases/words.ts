import { sql, type Kysely } from "kysely";

import type { Entry } from "#shared/entries/kinds.ts";
import { deskOf, homeOf, type ChannelId, type CommunityId, type MemberId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";
import type { Voice } from "#server/documents/voice.ts";

/** What the server has to say in somebody's home, or on a desk. */
export interface Word {
  readonly kind: "user" | "desk";
  readonly log: ChannelId;
  readonly entry: Entry;
}

export const inHome = (person: MemberId, entry: Entry): Word => ({ kind: "user", log: homeOf(person), entry });
export const onDesk = (community: CommunityId, entry: Entry): Word => ({ kind: "desk", log: deskOf(community), entry });

/** Writes down what will have to be said, in the transaction that makes it true. What was said before is passed over. */
export async function oweWords(trx: Kysely<Database>, words: readonly Word[]): Promise<void> {
  if (words.length === 0) return;
  await sql`
    insert into word_due (id, kind, log, entry)
    select fresh.* from unnest(
      ${words.map(({ entry }) => entry.id)}::text[], ${words.map(({ kind }) => kind)}::text[],
      ${words.map(({ log }) => log)}::uuid[], ${words.map(({ entry }) => JSON.stringify(entry))}::jsonb[])
      as fresh (id, kind, log, entry)
    where not exists (
      select from entry_key k where k.channel = fresh.log and k.author = 'sys' and k.id = fresh.id)
    on conflict do nothing`.execute(trx);
}

const AT_ONCE = 500;

/** Says what is owed, by whichever process. Two may do so at once: what is there already is not said again. */
export async function sayWords(db: Kysely<Database>, voice: Pick<Voice, "say">): Promise<void> {
  const due = await db.selectFrom("word_due").selectAll().orderBy("id").limit(AT_ONCE).execute();
  for (const words of Map.groupBy(due, ({ kind, log }) => `${kind} ${log}`).values()) {
    const [{ kind, log }] = words as [(typeof words)[number]];
    // Whom an import brought along has no home until they claim it, and a desk goes with its community.
    if (await isThere(db, log))
      await voice.say(
        { kind, id: log as ChannelId },
        words.map(({ entry }) => entry),
      );
    await forget(
      db,
      words.map(({ id }) => id),
    );
  }
}

const isThere = async (db: Kysely<Database>, log: string): Promise<boolean> =>
  (await db.selectFrom("document").select("name").where("channel_id", "=", log).limit(1).executeTakeFirst()) !==
  undefined;

const forget = (db: Kysely<Database>, ids: readonly string[]) =>
  db.deleteFrom("word_due").where("id", "in", ids).execute();
