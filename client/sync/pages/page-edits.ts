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
  /** Moves all edits of a page to the drawer, in one step. */
  readonly shelve: (page: PageId, draft: Omit<PageDraftRow, "id" | "page">) => Promise<void>;
  readonly drafts: () => readonly PageDraftRow[];
  readonly discard: (id: string) => Promise<void>;
  /** Another tab changed these. */
  readonly reload: (keys: readonly string[]) => Promise<void>;
  /** `shelved`: what was on screen of the page is no longer on its way. */
  readonly onChange: (listener: (page: PageId | undefined, shelved: boolean) => void) => () => void;
  /** Called with what this tab has changed on the disk. */
  readonly onOwnChange: (listener: (keys: readonly string[]) => void) => () => void;
}

/** An edit that goes on with the one before is added to it, up to this many bytes. */
const MAX_ROW = 16_384;

export async function openPageEdits(db: LocalDatabase, failed: (problem: unknown) => void): Promise<PageEdits> {
  const rows = new Map((await db.pageEdit.toArray()).map((row) => [row.id, row]));
  const drafts = new Map((await db.pageDraft.toArray()).map((row) => [row.id, row]));
  /** The row of each page that this tab is still adding to: nobody else writes it. */
  const open = new Map<PageId, string>();
  const dirty = new Set<string>();
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
      dirty.clear();
      await db.pageEdit.bulkPut(ids.flatMap((id) => rows.get(id) ?? []));
      ownChanges.tell(ids);
      changes.tell(undefined, false);
    }
  }

  function keepSoon(): void {
    keeping ??= keep()
      .catch(failed)
      .finally(() => (keeping = undefined));
  }

  function forget(ids: readonly string[]): void {
    ids.forEach((id) => {
      rows.delete(id);
      dirty.delete(id);
      open.forEach((row, page) => (row === id ? open.delete(page) : undefined));
    });
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
    isKept: (page) => ![...dirty].some((id) => rows.get(id)?.page === page),
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
    async shelve(page, draft) {
      const ids = edits.of(page).map(({ id }) => id);
      const row: PageDraftRow = { id: ulid(), page, ...draft };
      await db.transaction("rw", db.pageEdit, db.pageDraft, async () => {
        await db.pageDraft.put(row);
        await db.pageEdit.bulkDelete(ids);
      });
      forget(ids);
      drafts.set(row.id, row);
      changes.tell(page, true);
      ownChanges.tell([...ids, row.id]);
    },
    drafts: () => sorted(drafts),
    async discard(id) {
      await db.pageDraft.delete(id);
      drafts.delete(id);
      changes.tell(undefined, false);
      ownChanges.tell([id]);
    },
    async reload(keys) {
      const [foundRows, foundDrafts] = await Promise.all([
        db.pageEdit.bulkGet([...keys]),
        db.pageDraft.bulkGet([...keys]),
      ]);
      const touched = new Set(keys.flatMap((key) => rows.get(key)?.page ?? []));
      const shelved = new Set<PageId>();
      keys.forEach((key, index) => {
        const [row, draft] = [foundRows[index], foundDrafts[index]];
        if (row !== undefined) rows.set(key, row);
        else forget([key]);
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
