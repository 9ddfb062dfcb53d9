import "fake-indexeddb/auto";

import { v7 as uuid } from "uuid";
import { expect, test } from "vitest";
import { Doc } from "yjs";

import type { MemberId, PageId } from "#shared/ids.ts";
import { openDatabase, type LocalDatabase, type PageDraftRow, type PageEditRow } from "#client/storage/database.ts";
import { pageWriter, paragraph } from "#tests/support/page-writer.ts";
import { until } from "#tests/support/until.ts";

import { wordsIn } from "./holds.ts";
import { openPageEdits, type PageEdits } from "./page-edits.ts";

const page = uuid() as PageId;

/** Tabs of one account over its database. */
async function tabs(count: number): Promise<{ dbs: readonly LocalDatabase[]; edits: readonly PageEdits[] }> {
  const account = uuid() as MemberId;
  const dbs = await Promise.all(Array.from({ length: count }, () => openDatabase(account)));
  return { dbs, edits: await Promise.all(dbs.map((db) => openPageEdits(db, () => undefined))) };
}

const draftOf = (rows: readonly PageEditRow[]): Omit<PageDraftRow, "id" | "page"> => {
  const words = wordsIn(rows.map(({ update }) => update));
  return { title: "Rules", written: words, own: words, whole: "", at: 0, code: "forbidden", reason: "" };
};
const shelve = (edits: PageEdits): Promise<void> => edits.shelve(page, draftOf);
const words = (edits: PageEdits): string => wordsIn(edits.of(page).map(({ update }) => update));
/** Everything of the person that is still somewhere. */
async function everything(db: LocalDatabase): Promise<string> {
  const rows = await db.pageEdit.toArray();
  const drafts = await db.pageDraft.toArray();
  return [wordsIn(rows.map(({ update }) => update)), ...drafts.map(({ written }) => written)].join("\n");
}
/** Somebody who types one letter after the other. */
function typist(edits: PageEdits): (letter: string) => void {
  const writer = pageWriter(new Doc());
  let text = "";
  return (letter) => edits.add(page, writer.writes(paragraph((text += letter))));
}

test("what is typed while the rest moves to the drawer moves there too", async () => {
  const { dbs, edits } = await tabs(1);
  const [own] = edits as [PageEdits];
  const type = typist(own);
  type("a");
  await until(() => own.isKept(page));
  const shelving = shelve(own);
  type("b");
  await Promise.resolve();
  type("c");
  await shelving;
  expect(own.drafts().map(({ written }) => written)).toEqual(["abc"]);
  expect(own.of(page)).toEqual([]);
  await until(() => own.isKept(page));
  expect(await dbs[0]?.pageEdit.count()).toBe(0);
});

test("so does what another tab has put on the disk, of which this one was not told yet", async () => {
  const { edits } = await tabs(2);
  const [own, other] = edits as [PageEdits, PageEdits];
  const type = typist(other);
  type("a");
  await until(() => other.isKept(page));
  await own.reload(other.of(page).map(({ id }) => id));
  type("b");
  await until(() => other.isKept(page));
  expect(words(own)).toBe("a");
  await shelve(own);
  expect(own.drafts().map(({ written }) => written)).toEqual(["ab"]);
});

test("what is not on the disk yet outlives what another tab says about it", async () => {
  const { dbs, edits } = await tabs(2);
  const [own, other] = edits as [PageEdits, PageEdits];
  const type = typist(other);
  type("a");
  await until(() => other.isKept(page));
  const ids = other.of(page).map(({ id }) => id);
  await own.reload(ids);
  await shelve(own);
  const reloading = other.reload(ids);
  type("b");
  await reloading;
  expect(words(other)).toContain("b");
  await until(() => other.isKept(page));
  expect(await everything(dbs[0] as LocalDatabase)).toContain("b");
});

test("what is heard while something is on its way to the disk takes nothing of it away", async () => {
  const { dbs, edits } = await tabs(1);
  const [own] = edits as [PageEdits];
  const type = typist(own);
  type("a");
  await until(() => own.isKept(page));
  const ids = own.of(page).map(({ id }) => id);
  const reloading = own.reload(ids);
  type("b");
  await until(() => own.isKept(page));
  await reloading;
  type("c");
  await until(() => own.isKept(page));
  expect(await everything(dbs[0] as LocalDatabase)).toContain("abc");
});

test("what the disk would not take is not called kept, and is kept with what follows", async () => {
  const { dbs, edits } = await tabs(1);
  const [db, own] = [dbs[0] as LocalDatabase, edits[0] as PageEdits];
  const put = db.pageEdit.bulkPut;
  let refusals = 0;
  db.pageEdit.bulkPut = (() => {
    refusals += 1;
    return Promise.reject(new Error("the disk is full"));
  }) as unknown as typeof put;
  const type = typist(own);
  type("a");
  expect(own.isKept(page)).toBe(false);
  await until(() => refusals === 1);
  await new Promise(setImmediate);
  expect(own.isKept(page)).toBe(false);
  db.pageEdit.bulkPut = put;
  type("b");
  await until(() => own.isKept(page));
  expect(await everything(db)).toBe("ab");
});

test("of a page that one may no longer read, a draft has only what one wrote", async () => {
  const { dbs, edits } = await tabs(1);
  const [own] = edits as [PageEdits];
  typist(own)("a");
  await own.shelve(page, (rows) => ({ ...draftOf(rows), written: "What others said, and a", whole: "All of it" }));
  await own.strip(page);
  expect(own.drafts()).toMatchObject([{ written: "a", whole: "" }]);
  expect(await dbs[0]?.pageDraft.toArray()).toEqual(own.drafts());
});

test("words are read as they were typed, without what was taken out again", () => {
  const writer = pageWriter();
  const updates = ["H", "He", "Hex", "He", "Hel", "Help"].map((text) => writer.writes(paragraph(text)));
  updates.push(writer.writes(paragraph("Help"), paragraph("me")));
  expect(wordsIn(updates)).toBe("Help\nme");
});
