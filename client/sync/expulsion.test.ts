import "fake-indexeddb/auto";

import { ulid } from "ulid";
import { v7 as uuid } from "uuid";
import { expect, test } from "vitest";

import type { ChannelId, EntryId, MemberId } from "#shared/ids.ts";
import { createApi } from "#client/api/create-api.ts";
import { openDatabase, type UnsentRow } from "#client/storage/database.ts";

import { openDirectories } from "./directories.ts";
import { examine } from "./expulsion.ts";
import { createReplicas } from "./replicas.ts";
import { openUnsent } from "./unsent.ts";

const channel = uuid() as ChannelId;
const row = (state: UnsentRow["state"]): UnsentRow => {
  const id = ulid() as EntryId;
  const entry = { id, at: Date.now(), kind: "message", body: state } as const;
  return { id, channel, log: "channel", entry, offset: 0, state, sent: [], attempts: 0, alone: false };
};

test("who is removed finds in the drawer what may not have arrived, and nothing that the server has said it has", async () => {
  const db = await openDatabase(uuid() as MemberId);
  const unsent = await openUnsent(db);
  const answer = Response.json({ code: "not-found", detail: "" }, { status: 404 });
  const api = createApi({ fetch: () => Promise.resolve(answer) });
  const directories = await openDirectories(db, api);
  await unsent.add([row("waiting"), row("framed"), row("committed")]);

  const forget = (): Promise<void> => Promise.resolve();
  const deps = { db, api, disk: undefined, directories, replicas: createReplicas(), unsent, pages: { forget } };
  expect(await examine(deps, { kind: "channel", id: channel, segment: 1 })).toBe("gone");
  expect(unsent.rows()).toEqual([]);
  const inDrawer = unsent.refused().map(({ entry, code }) => ["body" in entry ? entry.body : "", code]);
  expect(new Map(inDrawer as [string, string][])).toEqual(
    new Map([
      ["waiting", "not-a-member"],
      ["framed", "not-a-member"],
    ]),
  );
  db.close();
});
