import { parseEntry } from "#shared/entries/kinds.ts";
import type { ChannelId, EntryId } from "#shared/ids.ts";
import type { LocalDatabase, MetaRow, RefusedRow, UnsentRow } from "#client/storage/database.ts";

import type { Fate } from "./fate.ts";
import { createListeners } from "./listeners.ts";

/** What changed among the unsent rows. A row that was rewritten is in both. */
export interface UnsentChange {
  readonly out: readonly UnsentRow[];
  readonly into: readonly UnsentRow[];
}

/**
 * What this person said and the server's log does not show yet, and what it refused. Every change is a transaction on
 * the disk before anybody here sees it, so that a reload at any moment goes on from the same place, and tabs agree. But
 * what is said anew is seen at once, and only then kept: a disk may take longer than a finger.
 */
export interface Unsent {
  /** In the order of writing. */
  readonly rows: () => readonly UnsentRow[];
  readonly row: (id: EntryId) => UnsentRow | undefined;
  readonly of: (channel: ChannelId) => readonly UnsentRow[];
  /** Oldest first. */
  readonly refused: () => readonly RefusedRow[];
  /** Resolves when they are kept. Where they cannot be, they are gone again. `mark` is noted in the same step. */
  readonly add: (rows: readonly UnsentRow[], mark?: MetaRow) => Promise<void>;
  /** Whether a row is on the disk, and not only seen. */
  readonly isKept: (id: EntryId) => boolean;
  /** Decides about rows as they are on the disk at that moment, all at once; those that are gone are not asked. */
  readonly decide: (ids: readonly EntryId[], fateOf: (row: UnsentRow) => Fate) => Promise<void>;
  /** Puts something into the drawer that need not be sent to be refused. */
  readonly shelve: (row: RefusedRow) => Promise<void>;
  /** Takes a row out of the drawer, and may put another one on the way. */
  readonly takeBack: (id: EntryId, next: (row: RefusedRow) => UnsentRow | undefined) => Promise<void>;
  /** Another tab changed these. */
  readonly reload: (ids: readonly EntryId[]) => Promise<void>;
  /** Another tab may have changed something and died before it could say so. */
  readonly reloadAll: () => Promise<void>;
  readonly onChange: (listener: (change: UnsentChange) => void) => () => void;
  /** Called with what this tab has changed. */
  readonly onOwnChange: (listener: (ids: readonly EntryId[]) => void) => () => void;
}

type Outcome = { readonly id: EntryId; readonly row: UnsentRow | undefined; readonly refused: RefusedRow | undefined };

/** `isLeaving`: the account is being removed from this device. */
export async function openUnsent(db: LocalDatabase, isLeaving: () => boolean = () => false): Promise<Unsent> {
  const [kept, inDrawer] = await Promise.all([db.unsent.toArray(), db.refused.toArray()]);
  const rows = new Map(kept.filter(isReadable).map((row) => [row.id, row]));
  const refused = new Map(inDrawer.filter(isReadable).map((row) => [row.id, row]));
  const beingKept = new Set<EntryId>();
  const changes = createListeners<[UnsentChange]>();
  const ownChanges = createListeners<[readonly EntryId[]]>();
  const sorted = <Row extends { readonly id: EntryId }>(map: ReadonlyMap<EntryId, Row>): Row[] =>
    [...map.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));

  function take(outcomes: readonly Outcome[]): void {
    const out = outcomes.flatMap(({ id }) => rows.get(id) ?? []);
    const into = outcomes.flatMap(({ row }) => row ?? []);
    outcomes.forEach(({ id, row, refused: inDrawer }) => {
      put(rows, id, row);
      put(refused, id, inDrawer);
    });
    changes.tell({ out, into });
  }

  // Called where the database is made anew: somebody has cleared this browser's data while the page lives on.
  db.on("populate", async () => {
    if (isLeaving()) return;
    await db.unsent.bulkPut([...rows.values()]);
    await db.refused.bulkPut([...refused.values()]);
  });

  /** Work on both tables in one transaction; what it answers is how things then stand. */
  async function change(work: () => Promise<readonly Outcome[]>): Promise<void> {
    const outcomes = await db.transaction("rw", db.unsent, db.refused, work);
    if (outcomes.length === 0) return;
    take(outcomes);
    ownChanges.tell(outcomes.map(({ id }) => id));
  }

  const keepAll = (added: readonly UnsentRow[], mark: MetaRow | undefined): Promise<unknown> =>
    db.transaction("rw", mark === undefined ? [db.unsent] : [db.unsent, db.meta], async () => {
      await db.unsent.bulkPut([...added]);
      if (mark !== undefined) await db.meta.put(mark);
    });

  /** What is on its way to the disk is not there yet, and stays. */
  async function reload(ids: readonly EntryId[]): Promise<void> {
    const [found, inDrawer] = await db.transaction("r", db.unsent, db.refused, async () => [
      await db.unsent.bulkGet([...ids]),
      await db.refused.bulkGet([...ids]),
    ]);
    const outcomes = ids.map((id, index) => ({
      id,
      row: readable(found[index]),
      refused: readable(inDrawer[index]),
    }));
    take(outcomes.filter(({ id }) => !beingKept.has(id)));
  }

  return {
    rows: () => sorted(rows),
    row: (id) => rows.get(id),
    of: (channel) => sorted(rows).filter((row) => row.channel === channel),
    refused: () => sorted(refused),

    async add(added, mark) {
      const ids = added.map(({ id }) => id);
      ids.forEach((id) => beingKept.add(id));
      take(added.map((row) => ({ id: row.id, row, refused: undefined })));
      try {
        await keepAll(added, mark);
      } catch (problem) {
        take(ids.map((id) => ({ id, row: undefined, refused: undefined })));
        throw problem;
      } finally {
        ids.forEach((id) => beingKept.delete(id));
      }
      // They may have gone on since, and stay as they are.
      changes.tell({ out: [], into: [] });
      ownChanges.tell(ids);
    },

    isKept: (id) => !beingKept.has(id),

    decide: (ids, fateOf) =>
      change(async () => {
        const found = (await db.unsent.bulkGet([...ids])).filter((row) => row !== undefined);
        const outcomes = found.map((row) => outcomeOf(row, fateOf(row)));
        await db.unsent.bulkDelete(outcomes.filter(({ row }) => row === undefined).map(({ id }) => id));
        await db.unsent.bulkPut(outcomes.flatMap(({ row }) => row ?? []));
        await db.refused.bulkPut(outcomes.flatMap((outcome) => outcome.refused ?? []));
        return outcomes;
      }),

    shelve: (row) =>
      change(async () => {
        await db.refused.put(row);
        return [{ id: row.id, row: undefined, refused: row }];
      }),

    takeBack: (id, next) =>
      change(async () => {
        const found = await db.refused.get(id);
        if (found === undefined) return [];
        const row = next(found);
        await db.refused.delete(id);
        if (row !== undefined) await db.unsent.put(row);
        return [
          { id, row: undefined, refused: undefined },
          ...(row === undefined ? [] : [{ id: row.id, row, refused: undefined }]),
        ];
      }),

    reload,

    async reloadAll() {
      const stored = await db.transaction("r", db.unsent, db.refused, async () => [
        ...(await db.unsent.toCollection().primaryKeys()),
        ...(await db.refused.toCollection().primaryKeys()),
      ]);
      const ids = new Set([...stored, ...rows.keys(), ...refused.keys()]);
      await reload([...ids]);
    },

    onChange: changes.add,
    onOwnChange: ownChanges.add,
  };
}

/** A newer version of this may have written what only it can read; it stays where it is. */
const isReadable = ({ entry }: { readonly entry: unknown }): boolean => parseEntry(entry) !== undefined;

const readable = <Row extends { readonly entry: unknown }>(row: Row | undefined): Row | undefined =>
  row !== undefined && isReadable(row) ? row : undefined;

function put<Row>(map: Map<EntryId, Row>, id: EntryId, row: Row | undefined): void {
  if (row === undefined) map.delete(id);
  else map.set(id, row);
}

function outcomeOf(row: UnsentRow, fate: Fate): Outcome {
  if (fate.kind === "keep") return { id: row.id, row: fate.row, refused: undefined };
  if (fate.kind === "gone") return { id: row.id, row: undefined, refused: undefined };
  const { id, channel, log, entry } = row;
  const { code, reason, until, because } = fate;
  return { id, row: undefined, refused: { id, channel, log, entry, code, reason, until, because } };
}
