import type { Kysely } from "kysely";
import { ContentAny, Doc, type Item } from "yjs";

import { authorOfLog, type Author, type DocumentRef } from "#shared/documents/names.ts";
import { createFold, type Fold } from "#shared/entries/fold.ts";
import { parseEntry, type Entry } from "#shared/entries/kinds.ts";
import type { Database } from "#server/database/types.ts";
import { load } from "#server/documents/live.ts";
import type { Position } from "#server/gate/update.ts";

/** What every root type is made of. */
export interface Root {
  readonly _start: Item | null;
  readonly _length: number;
  readonly _map: ReadonlyMap<string, Item>;
}

export function itemsOf(type: Root): readonly Item[] {
  const items: Item[] = [];
  for (let item = type._start; item !== null; item = item.right) items.push(item);
  return items;
}

/** A value of a log that is alive, and where it lies. */
export interface Said extends Position {
  readonly author: Author;
  readonly value: unknown;
}

export const saidIn = (doc: Doc): readonly Said[] =>
  [...doc.share.keys()].flatMap((root) => {
    const author = authorOfLog(root);
    if (author === undefined) return [];
    return itemsOf(doc.getArray(root)).flatMap(({ id, deleted, content }) =>
      deleted || !(content instanceof ContentAny)
        ? []
        : content.arr.map((value: unknown, index) => ({
            author,
            value,
            client: id.client,
            clock: id.clock + index,
          })),
    );
  });

/** An entry of a channel, a conversation or a home, with all that a table says of where it lies. */
export interface Told extends Position {
  readonly channel: string;
  readonly kind: DocumentRef["kind"];
  readonly document: string;
  readonly segment: number;
  readonly openedAt: number;
  readonly author: Author;
  readonly entry: Entry;
}

/** Everything that the documents of a database say, or those of one channel. */
export async function readTold(db: Kysely<Database>, channel?: string): Promise<readonly Told[]> {
  const documents = await db
    .selectFrom("document")
    .select(["name", "channel_id", "kind", "segment", "opened_at"])
    .$if(channel !== undefined, (query) => query.where("channel_id", "=", channel as string))
    .execute();
  const told = await Promise.all(
    documents.map(async ({ name, channel_id, kind, segment, opened_at }) => {
      const place = { channel: channel_id, kind, document: name, segment, openedAt: opened_at };
      const live = await load(db, name, new Doc());
      return saidIn(live?.doc ?? new Doc()).flatMap(({ value, ...at }) => {
        const entry = parseEntry(value);
        return entry === undefined ? [] : [{ ...place, ...at, entry }];
      });
    }),
  );
  return told.flat();
}

/** What people see of the entries of one channel. */
export function foldOf(told: readonly Told[]): Fold {
  const openedAt = new Map(told.map((one) => [one.segment, one.openedAt]));
  const fold = createFold((segment) => openedAt.get(segment) ?? 0);
  told.forEach((one) => fold.add(one));
  return fold;
}
