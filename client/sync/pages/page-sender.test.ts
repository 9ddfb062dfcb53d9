import "fake-indexeddb/auto";

import { v7 as uuid } from "uuid";
import { afterEach, expect, test, vi } from "vitest";
import { applyUpdate, Doc, encodeStateAsUpdate } from "yjs";

import type { MemberId, PageId } from "#shared/ids.ts";
import type { Refused } from "#shared/protocol/stateless.ts";
import { openDatabase } from "#client/storage/database.ts";
import { pageWriter, paragraph } from "#tests/support/page-writer.ts";
import { until } from "#tests/support/until.ts";

import { openPageEdits } from "./page-edits.ts";
import { createPageSender } from "./page-sender.ts";

const page = uuid() as PageId;
afterEach(() => void vi.useRealTimers());

/** One who writes on a page of which the server has said this much. */
async function writing(known: Doc) {
  const failures: unknown[] = [];
  const edits = await openPageEdits(await openDatabase(uuid() as MemberId), (problem) => failures.push(problem));
  const frames: Uint8Array[] = [];
  const sender = createPageSender({
    page,
    edits,
    replica: () => known,
    titleOf: () => "Rules",
    send: (frame) => frames.push(frame),
    failed: (problem) => failures.push(problem),
  });
  return { edits, frames, sender, failures };
}

const refusal = (code: Refused["code"], kind: Refused["class"]): Refused => ({
  type: "refused",
  document: `page:${page}`,
  code,
  class: kind,
  entries: [],
  reason: "",
});

test("what was written in pieces leaves together, and is gone when the page holds it", async () => {
  const known = new Doc();
  const { edits, frames, sender, failures } = await writing(known);
  const writer = pageWriter();
  edits.add(page, writer.writes(paragraph("One")));
  edits.add(page, writer.writes(paragraph("One and two")));
  sender.pump();
  await until(() => frames.length === 1);
  expect(edits.of(page)).toHaveLength(1);
  applyUpdate(known, frames[0] as Uint8Array);
  sender.committed();
  await until(() => edits.of(page).length === 0);
  expect(encodeStateAsUpdate(known)).toEqual(encodeStateAsUpdate(writer.doc));
  expect(failures).toEqual([]);
});

test("what the server wants again is sent again, and at the third time kept for its author", async () => {
  const { edits, frames, sender } = await writing(new Doc());
  edits.add(page, pageWriter().writes(paragraph("Never to be lost")));
  for (const time of [1, 2, 3]) {
    sender.pump();
    await until(() => frames.length === time);
    sender.refused(refusal("foreign-client", "again"));
  }
  await until(() => edits.drafts().length === 1);
  expect(edits.drafts()[0]).toMatchObject({ code: "foreign-client", written: "Never to be lost" });
  expect(edits.of(page)).toEqual([]);
});

test("what hangs on something that nobody has any more is kept as its words", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { edits, frames, sender } = await writing(new Doc());
  const writer = pageWriter();
  writer.writes(paragraph("What the server has forgotten"));
  edits.add(page, writer.writes(paragraph("What the server has forgotten"), paragraph("and what I added")));
  sender.pump();
  await vi.advanceTimersByTimeAsync(300);
  expect(frames).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(15_000);
  vi.useRealTimers();
  await until(() => edits.drafts().length === 1);
  expect(edits.drafts()[0]).toMatchObject({ code: "missing-dependency", written: "and what I added" });
});

test("what is too much at once is sent in parts, and kept for its author only when no part is small enough", async () => {
  const known = new Doc();
  const { edits, frames, sender } = await writing(known);
  const writer = pageWriter();
  edits.add(page, writer.writes(...Array.from({ length: 300 }, (_, index) => paragraph(`Line ${index}`))));
  sender.pump();
  await until(() => frames.length === 1);
  sender.refused(refusal("too-large", "final"));
  await until(() => frames.length === 2);
  sender.refused(refusal("too-large", "final"));
  await until(() => frames.length === 3);
  expect(frames[2]?.length).toBeLessThan((frames[0]?.length ?? 0) / 2);
  applyUpdate(known, frames[2] as Uint8Array);
  sender.committed();
  for (let count = 4; edits.of(page).length > 0; count += 1) {
    await until(() => frames.length === count || edits.of(page).length === 0);
    applyUpdate(known, frames.at(-1) as Uint8Array);
    sender.committed();
  }
  expect(encodeStateAsUpdate(known)).toEqual(encodeStateAsUpdate(writer.doc));
  expect(edits.drafts()).toEqual([]);

  edits.add(page, writer.writes(paragraph("Never to be lost")));
  const before = frames.length;
  for (let time = 1; edits.drafts().length === 0; time += 1) {
    await until(() => frames.length === before + time || edits.drafts().length === 1);
    sender.refused(refusal("too-large", "final"));
  }
  expect(edits.drafts()[0]?.written).toContain("Never to be lost");
});
