import { ulid } from "ulid";
import { v7 as uuid } from "uuid";
import { expect, test } from "vitest";

import { createClock } from "#shared/clock.ts";
import type { ChannelId, EntryId, MemberId } from "#shared/ids.ts";
import { refusals, type RefusalCode } from "#shared/protocol/refusals.ts";
import type { Refused } from "#shared/protocol/stateless.ts";
import type { UnsentRow } from "#client/storage/database.ts";

import { afterRefusal, framed } from "./fate.ts";

const T = 1_700_000_000_000;
const me = uuid() as MemberId;
const id = ulid(T) as EntryId;
const row: UnsentRow = {
  id,
  channel: uuid() as ChannelId,
  log: "channel",
  entry: { id, at: T, kind: "message", body: "hello" },
  offset: 0,
  state: "waiting",
  sent: [],
  attempts: 0,
  alone: false,
};

test("an entry's time is corrected when it is first sent, and is the same in every later frame", () => {
  const clock = createClock(() => T);
  clock.correct(T - 60_000);
  const first = framed(row, { document: "d", client: 1, clock: 0 }, clock);
  expect(first.entry.at).toBe(T - 60_000);

  clock.correct(T + 60_000);
  const second = framed(first, { document: "d", client: 2, clock: 5 }, clock);
  expect(second.entry).toEqual(first.entry);
  expect(second.sent.map(({ client }) => client)).toEqual([1, 2]);
});

const refused = (code: RefusalCode, ...ids: readonly EntryId[]): Refused => {
  const entries = ids.map((named) => ({ author: me, id: named }));
  return { type: "refused", document: "d", code, class: refusals[code].class, entries, reason: refusals[code].text };
};
const other = ulid(T + 1) as EntryId;

test.for<[string, Refused, number, Partial<UnsentRow>, string]>([
  ["named for good", refused("forbidden", id), 2, {}, "refused"],
  ["another one of the frame named", refused("forbidden", other), 2, {}, "keep"],
  ["nobody named, others in the frame", refused("malformed"), 2, {}, "keep"],
  ["nobody named, alone in the frame", refused("malformed"), 1, {}, "refused"],
  ["too fast", refused("rate"), 1, {}, "keep"],
  ["wanted again", refused("fork", id), 1, { attempts: 1 }, "keep"],
  ["wanted again for the third time", refused("fork", id), 1, { attempts: 2 }, "refused"],
  ["another one wanted again", refused("fork", other), 2, { attempts: 2 }, "keep"],
  ["the segment was closed, again and again", refused("segment-closed"), 1, { attempts: 2 }, "keep"],
])("%s: %s", ([, refusal, size, state, fate]) => {
  expect(afterRefusal({ ...row, ...state }, refusal, size).kind).toBe(fate);
});

test("where one must pause, each travels by itself from then on, and stays on its way", () => {
  expect(afterRefusal(row, refused("slow-mode", id), 3)).toMatchObject({ kind: "keep", row: { alone: true } });
});

test("a refusal keeps until when it holds, and why", () => {
  const banned = { ...refused("banned", id), until: T + 1, because: "Threats" };
  expect(afterRefusal(row, banned, 1)).toMatchObject({ kind: "refused", until: T + 1, because: "Threats" });
});

test("where nobody is named, each travels by itself from then on", () => {
  expect(afterRefusal(row, refused("too-large"), 3)).toMatchObject({ kind: "keep", row: { alone: true } });
});
