import "fake-indexeddb/auto";

import { v7 as uuid } from "uuid";
import { expect, test } from "vitest";
import { applyUpdate, encodeStateAsUpdate } from "yjs";

import { pageDocument } from "#shared/documents/names.ts";
import type { MemberId, PageId } from "#shared/ids.ts";
import { openDatabase } from "#client/storage/database.ts";
import { pageWriter, paragraph } from "#tests/support/page-writer.ts";

import { createReplica } from "../replica.ts";
import { openPageDocument } from "./page-document.ts";
import { openPageEdits } from "./page-edits.ts";

test("who only reads has written nothing, whatever marks meet on a page", async () => {
  const page = uuid() as PageId;
  const edits = await openPageEdits(await openDatabase(uuid() as MemberId), () => undefined);
  const replica = createReplica(pageDocument(page));
  const document = openPageDocument(page, replica, edits);

  const first = pageWriter().writes(paragraph("One"));
  const bold = [1, 2].map(() => {
    const writer = pageWriter();
    writer.hears(first);
    return writer.writes(paragraph("One", { type: "bold" }));
  });
  [first, ...bold].forEach((update) => applyUpdate(replica.doc(), update));
  expect(encodeStateAsUpdate(document.doc())).toEqual(encodeStateAsUpdate(replica.doc()));
  expect(edits.of(page)).toEqual([]);
  document.close();
});
