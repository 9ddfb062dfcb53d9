import type { Kysely } from "kysely";
import { Doc } from "yjs";

import { authorOfLog } from "#shared/documents/names.ts";
import type { ChannelId, EntryId, MemberId } from "#shared/ids.ts";
import type { RefusalCode } from "#shared/protocol/refusals.ts";
import type { LocalDatabase } from "#client/storage/database.ts";
import type { Database } from "#server/database/types.ts";
import { load } from "#server/documents/live.ts";

import { onDevice } from "./device.ts";

/**
 * Where an entry may end: once in its author's log; taken in and deleted, since it or what it is about was taken back;
 * in the drawer with its reason; taken back by its author before anybody had it.
 */
export type Fate = "server" | "erased" | `drawer: ${RefusalCode}` | "nowhere";

/** Where each entry is now, on server and device. What should never be is said in other words than those of a fate. */
export async function fatesOf(
  db: Kysely<Database>,
  channel: ChannelId,
  author: MemberId,
  ids: readonly EntryId[],
): Promise<readonly string[]> {
  const [logs, keys] = [await logsOf(db, channel), await keysOf(db, channel)];
  const fateOf = (device: LocalDatabase) => async (id: EntryId) => {
    const erased = keys.filter((key) => key.id === id && key.author === author && key.state === "erased");
    const places = [
      ...logs.flatMap((log) => log.ids.filter((one) => one === id).map(() => placeIn(log.author, author))),
      ...keys.filter((key) => key.id === id && key.author !== author).map((key) => `known as ${key.author}'s`),
      ...erased.map(() => "erased"),
      ...(await placesOn(device, id)),
    ];
    return places.join(" and ") || "nowhere";
  };
  return onDevice({ id: author }, (device) => Promise.all(ids.map(fateOf(device))));
}

const placeIn = (owner: string | undefined, author: MemberId): string =>
  owner === author ? "server" : `in the log of ${owner}`;

async function placesOn(device: LocalDatabase, id: EntryId): Promise<readonly string[]> {
  const [waiting, refused] = [await device.unsent.get(id), await device.refused.get(id)];
  return [...(waiting ? [`unsent, ${waiting.state}`] : []), ...(refused ? [`drawer: ${refused.code}`] : [])];
}

const keysOf = (db: Kysely<Database>, channel: ChannelId) =>
  db.selectFrom("entry_key").select(["author", "id", "state"]).where("channel", "=", channel).execute();

/** What lies in the logs of a channel, over all its segments, as a server that starts now would read them. */
async function logsOf(db: Kysely<Database>, channel: ChannelId) {
  const documents = await db.selectFrom("document").select("name").where("channel_id", "=", channel).execute();
  const docs = await Promise.all(documents.map(async ({ name }) => await load(db, name, new Doc())));
  return docs.flatMap((live) =>
    [...(live?.doc.share.keys() ?? [])].map((root) => ({
      author: authorOfLog(root),
      ids: (live?.doc.getArray<{ readonly id?: unknown }>(root).toArray() ?? []).map(({ id }) => id),
    })),
  );
}
