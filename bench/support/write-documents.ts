import { applyUpdate, Doc, encodeStateAsUpdate } from "yjs";

import { logName } from "#shared/documents/names.ts";
import type { Workplace } from "#server/workplace.ts";
import { say } from "#tests/support/people.ts";

import type { Seat } from "./crowd.ts";

/** Stores what many people have said in each document, as a compacted journal. Answers the encoded size of one, in bytes. */
export async function writeDocuments(
  { db }: Workplace,
  seats: readonly Seat[],
  documents: readonly string[],
  entries: number,
): Promise<number> {
  const state = stateOf(seats, entries);
  await db
    .insertInto("snapshot")
    .values(documents.map((document) => ({ document, version: 1, state: Buffer.from(state.update) })))
    .execute();
  await db
    .insertInto("client")
    .values(documents.flatMap((document) => state.clients.map((client) => ({ document, ...client }))))
    .execute();
  await db.updateTable("document").set({ version: 1 }).where("name", "in", documents).execute();
  return state.update.length;
}

function stateOf(seats: readonly Seat[], entries: number) {
  const doc = new Doc();
  const clients = seats.map(({ person }) => {
    const device = new Doc();
    for (let index = 0; index < entries / seats.length; index += 1)
      device.getArray(logName(person)).push([say(`message ${index} of a conversation about what broke last night`)]);
    applyUpdate(doc, encodeStateAsUpdate(device));
    return { client_id: device.clientID, member: person };
  });
  return { clients, update: encodeStateAsUpdate(doc) };
}
