import { sql, type Kysely } from "kysely";
import { ContentAny, ContentDeleted, Doc, encodeStateAsUpdate, encodeStateVector, Item } from "yjs";

import { authorOfLog, logName, type Author } from "#shared/documents/names.ts";
import type { Database } from "#server/database/types.ts";
import { load, type Live } from "#server/documents/live.ts";

import { checkPage } from "./page-checker.ts";
import { itemsOf, saidIn, type Root } from "./told.ts";

/**
 * Compares every document with its journal, with the entry keys, and with what an honest document looks like. Answers
 * what is wrong, in words. Call it when nothing is being written.
 */
export async function findWrongs(db: Kysely<Database>, served: readonly Live[] = []): Promise<readonly string[]> {
  const documents = await db.selectFrom("document").select(["name", "channel_id"]).orderBy("name").execute();
  const wrongs = await Promise.all(
    documents.map(async ({ name, channel_id }) => {
      const live = await load(db, name, new Doc({ gc: false }));
      if (live === undefined) return [`${name} cannot be loaded`];
      const own = served.filter((one) => one.name === name);
      if (live.ref.kind === "page")
        return [...pageWrongs(live), ...own.flatMap(pageWrongs), ...(await journalWrongs(db, name))];
      return [
        ...shapeWrongs(live),
        ...own.flatMap((one) => [...shapeWrongs(one), ...differences(live, one)]),
        ...(await journalWrongs(db, name)),
        ...(await keyWrongs(db, live, channel_id)),
      ].map((wrong) => `${name}: ${wrong}`);
    }),
  );
  return wrongs.flat();
}

/** A page has a grammar of its own. */
function pageWrongs({ name, doc }: Live): readonly string[] {
  try {
    checkPage(doc);
    return [];
  } catch (problem) {
    return [`${name}: ${String(problem)}`];
  }
}

/** Items of two contents, each in the log of whom its clientID belongs to; lengths true; nothing waiting. */
function shapeWrongs({ doc, bindings }: Live): readonly string[] {
  const structs = [...doc.store.clients.values()].flat();
  const strange = structs
    .filter((struct) => !isLogItem(struct))
    .map(({ id }) => `${id.client}:${id.clock} is no item of a log`);
  const waiting =
    doc.store.pendingStructs === null && doc.store.pendingDs === null ? [] : ["structs are waiting for others"];
  return [...strange, ...waiting, ...[...doc.share].flatMap(([root, type]) => rootWrongs(root, type, bindings))];
}

const isLogItem = (struct: unknown): boolean =>
  struct instanceof Item &&
  struct.parentSub === null &&
  (struct.content instanceof ContentAny || struct.content instanceof ContentDeleted);

function rootWrongs(root: string, type: Root, bindings: ReadonlyMap<number, Author>): readonly string[] {
  if (authorOfLog(root) === undefined) return [`the root ${root} is no log`];
  const items = itemsOf(type);
  const foreign = items.filter(({ id }) => logName(bindings.get(id.client) ?? ("nobody" as Author)) !== root);
  const alive = items.filter(({ deleted }) => !deleted).reduce((sum, { length }) => sum + length, 0);
  return [
    ...foreign.map(({ id }) => `${id.client}:${id.clock} lies in ${root} and belongs to ${bindings.get(id.client)}`),
    ...(alive === type._length ? [] : [`${root} holds ${alive} and says ${type._length}`]),
    ...(type._map.size === 0 ? [] : [`${root} has fields`]),
  ];
}

function differences(stored: Live, served: Live): readonly string[] {
  const same = (encode: (doc: Doc) => Uint8Array): boolean =>
    Buffer.compare(encode(stored.doc), encode(served.doc)) === 0;
  const roots = new Set([...stored.doc.share.keys(), ...served.doc.share.keys()]);
  const unlike = [...roots].filter((root) => valuesIn(stored.doc, root) !== valuesIn(served.doc, root));
  return [
    ...(stored.version === served.version ? [] : [`served at version ${served.version}, stored at ${stored.version}`]),
    ...(same(encodeStateVector) ? [] : ["served and stored have seen different clocks"]),
    ...(same((doc) => encodeStateAsUpdate(doc)) || unlike.length > 0 ? [] : sameDeletes(stored.doc, served.doc)),
    ...unlike.map((root) => `${root} is served otherwise than it is stored`),
  ];
}

const valuesIn = (doc: Doc, root: string): string => JSON.stringify(doc.getArray(root).toArray());

function sameDeletes(stored: Doc, served: Doc): readonly string[] {
  const gone = (doc: Doc): string =>
    [...doc.share.keys()]
      .toSorted()
      .flatMap((root) => itemsOf(doc.getArray(root)).flatMap(deletedClocks))
      .toSorted()
      .join();
  return gone(stored) === gone(served) ? [] : ["served and stored have deleted different things"];
}

const deletedClocks = ({ deleted, id, length }: Item): readonly string[] =>
  deleted ? Array.from({ length }, (_, index) => `${id.client}:${id.clock + index}`) : [];

/** One question: a worker may compact the document between two. */
async function journalWrongs(db: Kysely<Database>, name: string): Promise<readonly string[]> {
  const { rows } = await sql<{ version: number; snapshot: number; versions: number[] }>`
    select d.version, coalesce((select version from snapshot where document = d.name), 0) as snapshot,
      array(select j.version from journal j where j.document = d.name order by j.version)::float8[] as versions
    from document d where d.name = ${name}`.execute(db);
  return rows.flatMap(({ version, snapshot, versions }) => {
    const isGapless = versions.every((one, index) => one === snapshot + index + 1);
    return isGapless && snapshot + versions.length === version
      ? []
      : [`its journal has gaps: ${versions.join()} after ${snapshot}, up to ${version}`];
  });
}

interface KeyRow {
  readonly author: Author;
  readonly id: string;
  readonly client_id: number | null;
  readonly clock: number | null;
  readonly state: "present" | "erased";
}

/** What is present is there exactly once, where its key says; what is erased is nowhere; what is there has a key. */
async function keyWrongs(db: Kysely<Database>, { name, doc }: Live, channel: string): Promise<readonly string[]> {
  const { rows } = await sql<KeyRow & { document: string }>`
    select author, id, client_id, clock, state, document from entry_key where channel = ${channel}`.execute(db);
  const found = entriesOf(doc);
  const keys = new Map(rows.map((row) => [`${row.author} ${row.id}`, row]));

  const missing = rows
    .filter((row) => row.document === name && row.state === "present")
    .filter((row) => found.get(`${row.author} ${row.id}`)?.join() !== `${row.client_id}:${row.clock}`);
  const extra = [...found.keys()].filter((key) => !key.startsWith("sys ") && keys.get(key)?.state !== "present");
  return [
    ...missing.map(
      (row) =>
        `${row.author} ${row.id} should be at ${row.client_id}:${row.clock} alone, and is at ${found.get(`${row.author} ${row.id}`)?.join()}`,
    ),
    ...extra.map((key) => `${key} is there, and its key is ${keys.get(key)?.state ?? "missing"}`),
  ];
}

/** Where each entry that is alive lies, by author and id. */
const entriesOf = (doc: Doc): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [
      ...Map.groupBy(saidIn(doc), ({ author, value }) => `${author} ${String((value as { id?: unknown } | null)?.id)}`),
    ].map(([key, said]) => [key, said.map(({ client, clock }) => `${client}:${clock}`)]),
  );
