import "fake-indexeddb/auto";

import type { ChannelId, EntryId } from "#shared/ids.ts";
import { createClock } from "#shared/clock.ts";
import { accountPrefix, openDatabase, type LocalDatabase } from "#client/storage/database.ts";
import { createActs } from "#client/sync/acts.ts";
import { openUnsent } from "#client/sync/unsent.ts";

import type { Person } from "./world.ts";

/** Looks into what somebody's device keeps, beside their tabs. */
export async function onDevice<Answer>(
  { id }: Pick<Person, "id">,
  look: (db: LocalDatabase) => Promise<Answer>,
): Promise<Answer> {
  const db = await openDatabase(id);
  try {
    return await look(db);
  } finally {
    db.close();
  }
}

/** What a tab leaves that is killed between keeping an entry and telling the other tabs of it. */
export const keepsAndDies = (person: Person, channel: ChannelId, body: string): Promise<EntryId> =>
  onDevice(person, async (db) =>
    createActs(await openUnsent(db), createClock(Date.now)).send({ channel, log: "channel" }, { body, mentions: [] }),
  );

/** What a tab leaves that changes words of its person's, not knowing yet that they lie in the drawer, and is killed then. */
export const editsUnaware = (person: Person, channel: ChannelId, id: EntryId, body: string): Promise<EntryId> =>
  onDevice(person, async (db) => {
    const refused = await db.refused.get(id);
    await db.refused.delete(id);
    const acts = createActs(await openUnsent(db), createClock(Date.now));
    await acts.edit({ channel, log: "channel" }, { author: person.id, id }, body, []);
    if (refused !== undefined) await db.refused.put(refused);
    return newest(db);
  });

/** Takes the lock away from the tab that has it; it goes to the one that has waited longest. */
export const robOwner = ({ id }: Person): Promise<unknown> =>
  navigator.locks.request(accountPrefix(id), { steal: true }, () => undefined);

/** The name of what was written here last and has not left. */
export const lastUnsent = (person: Person): Promise<EntryId> => onDevice(person, newest);

async function newest(db: LocalDatabase): Promise<EntryId> {
  const row = await db.unsent.orderBy("id").last();
  if (row === undefined) throw new Error("everything has left");
  return row.id;
}

/** The name of what was put into the drawer last. */
export const lastRefused = (person: Person): Promise<EntryId | undefined> =>
  onDevice(person, async (db) => (await db.refused.orderBy("id").last())?.id);
