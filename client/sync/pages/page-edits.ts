import { ulid } from "ulid";
import { mergeUpdates } from "yjs";

import type { PageId } from "#shared/ids.ts";
import type { LocalDatabase, PageDraftRow, PageEditRow } from "#client/storage/database.ts";

import { createListeners } from "../listeners.ts";

/**
 * What was edited on pages here and their replicas do not hold yet, and what did not get in. Seen at once, and then
 * kept: a disk may take longer than a finger.
 */
export interface PageEdits {
  /** In the order of writing. */
  readonly of: (page: PageId) => readonly PageEditRow[];
  readonly pages: () => readonly PageId[];
  readonly add: (page: PageId, update: Uint8Array) => void;
  /** Whether everything that was written on a page is on the disk. */
  readonly isKept: (page: PageId) => boolean;
  /** Removes what is in the replica, as it is on the disk at that moment: another tab may be writing on. */
  readonly settle: (page: PageId, isHeld: (update: Uint8Array) => boolean) => Promise<void>;
  /** Moves all edits of a page to the drawer, those of other tabs and those that are made meanwhile too. */
  readonly shelve: (page: PageId, draftOf: DraftOf) => Promise<void>;
  /** Leaves of a page's drafts only what their author wrote: they may no longer read the rest. */
  readonly strip: (page: PageId) => Promise<void>;
  readonly drafts: () => readonly PageDraftRow[];
  readonly discard: (id: string) => Promise<void>;
  /** Another tab changed these. */
  readonly reload: (keys: readonly string[]) => Promise<void>;
  /** `shelved`: what was on screen of the page is no longer on its way. */
  readonly onChange: (listener: (page: PageId | undefined, shelved: boolean) => void) => () => void;
  /** Called with what this tab has changed on the disk. */
  readonly onOwnChange: (listener: (keys: readonly string[]) => void) => () => void;
}

type DraftOf = (rows: readonly PageEditRow[]) => Omit<PageDraftRow, "id" | "page">;

/** An edit that goes on with the one before is added to it, up to this many bytes. */
const MAX_ROW = 16_384;
/** No row: this tab knows better. */
const OWN = Symbol("own");

export async function openPageEdits(db: LocalDatabase, failed: (problem: unknown) => void): Promise<PageEdits> {
  const rows = new Map((await db.pageEdit.toArray()).map((row) => [row.id, row]));
  const drafts = new Map((await db.pageDraft.toArray()).map((row) => [row.id, row]));
  /** The row of each page that this tab is still adding to: nobody else writes it. */
  const open = new Map<PageId, string>();
  /** Rows that are not on the disk as they are here: written since, or on their way. */
  const dirty = new Set<string>();
  const leaving = new Set<string>();
  const changes = createListeners<[PageId | undefined, boolean]>();
  const ownChanges = createListeners<[readonly string[]]>();
  let keeping: Promise<void> | undefined;

  const sorted = <Row extends { readonly id: string }>(map: ReadonlyMap<string, Row>): Row[] =>
    [...map.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));

  function rowFor(page: PageId, update: Uint8Array): PageEditRow {
    const last = rows.get(open.get(page) ?? "");
    const goesOn = last !== undefined && last.update.length + update.length <= MAX_ROW;
    return goesOn ? { ...last, update: mergeUpdates([last.update, update]) } : { id: ulid(), page, update };
  }

  async function keep(): Promise<void> {
    while (dirty.size > 0) {
      const ids = [...dirty];
      ids.forEach((id) => leaving.add(id));
      dirty.clear();
      try {
        await db.pageEdit.bulkPut(ids.flatMap((id) => rows.get(id) ?? []));
      } catch (problem) {
        // With what is written next, it is tried again.
        ids.filter((id) => rows.has(id)).forEach((id) => dirty.add(id));
        throw problem;
      } finally {
        leaving.clear();
      }
      ownChanges.tell(ids);
      changes.tell(undefined, false);
    }
  }

  function keepSoon(): void {
    keeping ??= keep()
      .catch(failed)
      .finally(() => (keeping = undefined));
  }

  const isFresh = (id: string): boolean => dirty.has(id) || leaving.has(id);

  /** What is on the disk and what is here of a page, but for what is on its way from here to there. Nobody adds to it any more. */
  async function sealed(page: PageId): Promise<readonly PageEditRow[]> {
    const stored = (await db.pageEdit.toArray()).filter((row) => row.page === page);
    open.delete(page);
    const all = new Map(stored.map((row) => [row.id, row]));
    for (const row of edits.of(page)) {
      const found = all.get(row.id);
      all.set(row.id, found === undefined ? row : { ...row, update: mergeUpdates([found.update, row.update]) });
    }
    return sorted(all).filter(({ id }) => !leaving.has(id));
  }

  function forget(ids: readonly string[]): void {
    ids.forEach((id) => {
      rows.delete(id);
      dirty.delete(id);
      open.forEach((row, page) => (row === id ? open.delete(page) : undefined));
    });
  }

  function takeRow(id: string, row: PageEditRow | undefined): void {
    if (row === undefined) forget([id]);
    else rows.set(id, row);
  }

  const edits: PageEdits = {
    of: (page) => sorted(rows).filter((row) => row.page === page),
    pages: () => [...new Set([...rows.values()].map(({ page }) => page))],
    add(page, update) {
      const row = rowFor(page, update);
      rows.set(row.id, row);
      open.set(page, row.id);
      dirty.add(row.id);
      changes.tell(page, false);
      keepSoon();
    },
    isKept: (page) => ![...dirty, ...leaving].some((id) => rows.get(id)?.page === page),
    async settle(page, isHeld) {
      const held = edits.of(page).filter(({ update }) => isHeld(update));
      if (held.length === 0) return;
      const gone = await db.transaction("rw", db.pageEdit, async () => {
        const found = await db.pageEdit.bulkGet(held.map(({ id }) => id));
        const ids = held.flatMap(({ id }, index) =>
          found[index] === undefined || isHeld(found[index].update) ? [id] : [],
        );
        await db.pageEdit.bulkDelete(ids);
        return ids;
      });
      // What was written on meanwhile is not held yet.
      const still = gone.filter((id) => rows.has(id) && !isHeld((rows.get(id) as PageEditRow).update));
      still.forEach((id) => dirty.add(id));
      forget(gone.filter((id) => !still.includes(id)));
      if (still.length > 0) keepSoon();
      changes.tell(page, false);
      ownChanges.tell(gone);
    },
    async shelve(page, draftOf) {
      const id = ulid();
      const taken = new Map<string, PageEditRow>();
      do {
        await keeping;
        const draft = await db.transaction("rw", db.pageEdit, db.pageDraft, async () => {
          for (const row of await sealed(page)) taken.set(row.id, row);
          if (taken.size === 0) return undefined;
          const made: PageDraftRow = { id, page, ...draftOf(sorted(taken)) };
          await db.pageDraft.put(made);
          await db.pageEdit.bulkDelete([...taken.keys()]);
          return made;
        });
        // Else another tab was faster, or all of it is on its way to the disk.
        if (draft !== undefined) drafts.set(id, draft);
        forget([...taken.keys()]);
        // What was written meanwhile stands in what is gone: it goes along.
      } while (edits.of(page).length > 0);
      changes.tell(page, true);
      ownChanges.tell([...taken.keys(), id]);
    },
    async strip(page) {
      const bare = edits
        .drafts()
        .flatMap((row) => (row.page === page ? [{ ...row, written: row.own, whole: "" }] : []));
      await db.pageDraft.bulkPut(bare);
      bare.forEach((row) => drafts.set(row.id, row));
      changes.tell(undefined, false);
      ownChanges.tell(bare.map(({ id }) => id));
    },
    drafts: () => sorted(drafts),
    async discard(id) {
      await db.pageDraft.delete(id);
      drafts.delete(id);
      changes.tell(undefined, false);
      ownChanges.tell([id]);
    },
    async reload(keys) {
      const before = keys.map((key) => (isFresh(key) ? OWN : rows.get(key)));
      const [foundRows, foundDrafts] = await Promise.all([
        db.pageEdit.bulkGet([...keys]),
        db.pageDraft.bulkGet([...keys]),
      ]);
      const touched = new Set(keys.flatMap((key) => rows.get(key)?.page ?? []));
      const shelved = new Set<PageId>();
      keys.forEach((key, index) => {
        const [row, draft] = [foundRows[index], foundDrafts[index]];
        // What this tab was adding to meanwhile is newer here than what was read.
        if (rows.get(key) === before[index]) takeRow(key, row);
        if (row !== undefined) touched.add(row.page);
        if (draft !== undefined && !drafts.has(key)) shelved.add(draft.page);
        if (draft === undefined) drafts.delete(key);
        else drafts.set(key, draft);
      });
      touched.forEach((page) => changes.tell(page, shelved.has(page)));
      [...shelved].filter((page) => !touched.has(page)).forEach((page) => changes.tell(page, true));
      changes.tell(undefined, false);
    },
    onChange: changes.add,
    onOwnChange: ownChanges.add,
  };
  return edits;
}
