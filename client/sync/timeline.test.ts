import "fake-indexeddb/auto";

import { ulid } from "ulid";
import { v7 as uuid } from "uuid";
import { beforeEach, expect, test } from "vitest";
import { applyUpdate, Doc, encodeStateAsUpdate } from "yjs";

import { createClock } from "#shared/clock.ts";
import { logDocument, logName, SYS, type Author } from "#shared/documents/names.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import type { ChannelId, EntryId, MemberId } from "#shared/ids.ts";
import { openDatabase, type MarkerRow } from "#client/storage/database.ts";
import { until } from "#tests/support/until.ts";

import { openDirectories, type Directories } from "./directories.ts";
import { createListeners } from "./listeners.ts";
import { createReplicas, type Replicas } from "./replicas.ts";
import { createTimeline, type TimelineCore } from "./timeline.ts";
import { openUnsent } from "./unsent.ts";

const [alice, bob] = [uuid() as MemberId, uuid() as MemberId];
const HOUR = 3_600_000;
const T = Date.now() - 100 * HOUR;
const openedAt = (segment: number): number => T + segment * HOUR;

let channel: ChannelId;
let docs: Map<string, Doc>;
let reachable: Set<number>;
let isOnline: boolean;
let marker: MarkerRow | undefined;
let ids: number;

beforeEach(() => {
  channel = uuid() as ChannelId;
  docs = new Map();
  reachable = new Set([1, 2, 3]);
  isOnline = true;
  marker = undefined;
  ids = 0;
});

const docOf = (segment: number): Doc => {
  const name = logDocument("channel", channel, segment);
  const doc = docs.get(name) ?? new Doc();
  docs.set(name, doc);
  return doc;
};

/** Somebody writes into a segment, `minute` minutes after it was opened. */
function write(segment: number, author: Author, minute: number, said: Record<string, unknown>): EntryId {
  const at = openedAt(segment) + minute * 60_000;
  const id = ulid(at, () => (ids++ % 32) / 32) as EntryId;
  docOf(segment)
    .getArray<Entry>(logName(author))
    .push([{ id, at, ...said } as unknown as Entry]);
  return id;
}

const say = (segment: number, author: MemberId, minute: number, body: string): EntryId =>
  write(segment, author, minute, { kind: "message", body });

/** Replicas that come from the documents of the test, as far as these can be reached. */
function feed(replicas: Replicas): void {
  replicas.feedFrom({
    start(replica) {
      const doc = docOf(replica.ref.segment);
      const copy = (update: Uint8Array): void => applyUpdate(replica.doc(), update);
      queueMicrotask(() => {
        if (!reachable.has(replica.ref.segment)) return replica.setState("empty");
        copy(encodeStateAsUpdate(doc));
        doc.on("update", copy);
        replica.setState("synced");
      });
      return () => doc.off("update", copy);
    },
  });
}

async function opens(): Promise<TimelineCore> {
  const db = await openDatabase(uuid() as MemberId);
  const segments = [1, 2, 3].map((n) => ({ n, openedAt: openedAt(n), head: n === 3 }));
  const api = { segments: () => Promise.resolve({ ok: true as const, value: { segments } }) };
  const directories: Directories = await openDirectories(db, api);
  const replicas = createReplicas();
  feed(replicas);

  const core = createTimeline(
    { channel, log: "channel" },
    {
      me: alice,
      unsent: await openUnsent(db),
      clock: createClock(Date.now),
      replicas,
      directories,
      isOnline: () => isOnline,
      isHopeful: () => isOnline,
      onConnection: createListeners().add,
      marker: () => marker,
      changed: () => undefined,
    },
  );
  await until(() => core.view().state !== "loading");
  return core;
}

const bodies = (core: TimelineCore): readonly string[] => core.view().rows.map(({ body }) => body);

test("a channel opens at its newest segment, and the older ones follow without a hole", async () => {
  [1, 2, 3].forEach((segment) => say(segment, bob, 1, `in ${segment}`));
  const core = await opens();
  expect([bodies(core), core.view().before, core.view().after]).toEqual([["in 3"], "more", "end"]);

  await core.loadBefore();
  await until(() => bodies(core).length === 2);
  await core.loadBefore();
  await until(() => core.view().before === "start");
  expect(bodies(core)).toEqual(["in 1", "in 2", "in 3"]);
});

test("what is new since one was here may begin in the segment before", async () => {
  say(2, bob, 1, "read");
  say(2, bob, 9, "unread");
  say(3, bob, 1, "newest");
  marker = { channel, read: openedAt(2) + 60_000, at: openedAt(2) + 120_000, dirty: false };
  const core = await opens();
  await until(() => bodies(core).length === 3);
  expect(core.view().unread).toEqual({ messages: 2, mentions: 0 });
});

test("a line that its author took back stands nowhere as long as its surroundings are not there", async () => {
  const id = say(1, bob, 5, "oops");
  docOf(1).getArray(logName(bob)).delete(0);
  write(3, bob, 1, { kind: "retract", of: { author: bob, id }, what: "message" });
  say(3, bob, 2, "newest");
  const core = await opens();
  expect(bodies(core)).toEqual(["newest"]);

  await core.loadBefore();
  await core.loadBefore();
  await until(() => core.view().before === "start");
  expect(core.view().rows.map(({ kind }) => kind)).toEqual(["removed", "message"]);
});

test("an edit from the newest segment shows on a message years back", async () => {
  const id = say(1, bob, 5, "helo");
  write(3, bob, 1, { kind: "edit", of: { author: bob, id }, body: "hello" });
  const core = await opens();
  expect(await core.show({ author: bob, id, segment: 1 })).toBe(true);
  expect(core.find({ author: bob, id })?.body).toBe("hello");
});

test("segments that cannot be reached say so, and change nothing", async () => {
  say(3, bob, 1, "newest");
  const id = say(1, bob, 1, "oldest");
  reachable = new Set([3]);
  isOnline = false;
  const core = await opens();
  await core.loadBefore();
  await until(() => core.view().before === "offline");
  expect(await core.show({ author: bob, id, segment: 1 })).toBe(false);
  expect(bodies(core)).toEqual(["newest"]);
});

test("a channel of which nothing is here and nobody can be asked is missing", async () => {
  reachable = new Set();
  isOnline = false;
  expect((await opens()).view().state).toBe("missing");
});

test("what arrives above what was read is told until it is dismissed", async () => {
  say(3, bob, 30, "read");
  const read = openedAt(3) + 30 * 60_000;
  marker = { channel, read, at: read + 1_000, dirty: false };
  const core = await opens();
  expect(core.view().late).toEqual([]);

  const received = read + 3_600_000;
  const id = say(3, bob, 10, "from the train");
  write(3, SYS, 60, { kind: "late", of: [{ author: bob, id }], received });
  await until(() => core.view().late.length === 1);
  marker = { ...marker, at: received + 1, read: received };
  core.refresh();
  await until(() => core.view().unread.messages === 0);
  expect(core.view().late.map(({ body }) => body)).toEqual(["from the train"]);

  core.dismissLate();
  await until(() => core.view().late.length === 0);
});

test("rows that did not change keep their identity", async () => {
  say(3, bob, 1, "first");
  const core = await opens();
  const [row] = core.view().rows;
  say(3, bob, 2, "second");
  await until(() => bodies(core).length === 2);
  expect(core.view().rows[0]).toBe(row);
});
