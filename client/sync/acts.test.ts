import "fake-indexeddb/auto";

import { v7 as uuid } from "uuid";
import { beforeEach, expect, test } from "vitest";

import { createClock } from "#shared/clock.ts";
import type { EntryId, MemberId, ChannelId } from "#shared/ids.ts";
import { openDatabase, type UnsentRow } from "#client/storage/database.ts";

import { createActs, type Acts, type Place } from "./acts.ts";
import { fateInDrawer } from "./dependents.ts";
import { keep, refusedFor } from "./fate.ts";
import { openUnsent, type Unsent } from "./unsent.ts";

const alice = uuid() as MemberId;
const place: Place = { channel: uuid() as ChannelId, log: "channel" };
let unsent: Unsent;
let acts: Acts;

beforeEach(async () => {
  unsent = await openUnsent(await openDatabase(uuid() as MemberId));
  acts = createActs(unsent, createClock(Date.now));
});

const say = (body: string): Promise<EntryId> => acts.send(place, { body, mentions: [] });
const refTo = (id: EntryId) => ({ author: alice, id });
const kinds = (): readonly string[] => unsent.rows().map(({ entry }) => entry.kind);
const leave = (id: EntryId): Promise<void> => unsent.decide([id], (row) => keep({ ...row, state: "framed" }));

test("entries of one moment keep the order in which they were written", async () => {
  for (const body of ["one", "two", "three"]) await say(body);
  expect(unsent.rows().map(({ entry }) => "body" in entry && entry.body)).toEqual(["one", "two", "three"]);
});

test("what has not left is rewritten; what may have left is followed by an edit", async () => {
  const id = await say("helo");
  await acts.edit(place, refTo(id), "hello", []);
  expect(unsent.rows().map(({ entry }) => entry)).toMatchObject([{ id, kind: "message", body: "hello" }]);

  await leave(id);
  await acts.edit(place, refTo(id), "hello!", []);
  await acts.edit(place, refTo(id), "hello?", []);
  expect(unsent.rows().map(({ entry }) => entry)).toMatchObject([{ body: "hello" }, { kind: "edit", body: "hello?" }]);
});

test("what has not left and is taken back was never there; what may have left is asked back", async () => {
  const id = await say("never mind");
  await acts.react(place, refTo(id), "👍", true);
  await acts.retract(place, refTo(id));
  expect(kinds()).toEqual([]);

  const sent = await say("oops");
  await leave(sent);
  await acts.edit(place, refTo(sent), "ooops", []);
  await acts.retract(place, refTo(sent));
  expect(kinds()).toEqual(["message", "retract"]);
});

test("a change of mind before a reaction has left is one reaction", async () => {
  const of = refTo(await say("shall we?"));
  await acts.react(place, of, "👍", true);
  await acts.react(place, of, "👍", false);
  await acts.react(place, of, "❤️", true);
  expect(unsent.rows().flatMap(({ entry }) => (entry.kind === "reaction" ? [[entry.key, entry.on]] : []))).toEqual([
    ["👍", false],
    ["❤️", true],
  ]);
});

test("what neither the wire nor the database would bring back unchanged is taken out", async () => {
  await say("a\0b \ud800 c");
  expect(unsent.rows()[0]?.entry).toMatchObject({ body: "ab \ufffd c" });
});

test("from the drawer it goes again under its name, or under a new one with other words", async () => {
  const id = await say("too soon");
  await unsent.decide([id], () => refusedFor("forbidden"));
  const [refused] = unsent.refused();
  await acts.retry(id);
  expect(unsent.rows()).toMatchObject([{ id, state: "framed", entry: refused?.entry }]);

  await unsent.decide([id], () => refusedFor("forbidden"));
  await acts.retryAs(id, "in time");
  expect(unsent.refused()).toEqual([]);
  expect(unsent.rows()).toMatchObject([{ state: "waiting", entry: { kind: "message", body: "in time" } }]);
  expect(unsent.rows()[0]?.id).not.toBe(id);
});

test("what came too late for its time is written anew", async () => {
  const id = await say("90 days");
  await unsent.decide([id], () => refusedFor("too-late"));
  await acts.retry(id);
  expect(unsent.rows()[0]?.id).not.toBe(id);
});

test("of a state that has not left only the last word leaves", async () => {
  const home: Place = { channel: alice as string as ChannelId, log: "user" };
  for (const read of [1, 2]) await acts.putState(home, { kind: "marker", channel: place.channel, read });
  await acts.putState(home, { kind: "draft", channel: place.channel, body: "I was" });
  expect(unsent.rows().map(({ entry }) => entry)).toMatchObject([{ kind: "marker", read: 2 }, { kind: "draft" }]);
});

test("new words for what was refused lie beside it, with the same reason and its end", async () => {
  const id = await say("hello");
  await unsent.decide([id], () => refusedFor("muted", { until: 1_800_000_000_000, because: "Shouting" }));
  await acts.edit(place, refTo(id), "hello, all", []);
  const why = { code: "muted", until: 1_800_000_000_000, because: "Shouting" };
  expect(unsent.refused()).toMatchObject([why, { ...why, entry: { kind: "edit", body: "hello, all" } }]);
});

test("what was said about something in the drawer by a tab that had not heard of it shares its reason and its end", async () => {
  const id = await say("hello");
  await leave(id);
  await acts.edit(place, refTo(id), "hello, all", []);
  const edit = unsent.rows().find(({ entry }) => entry.kind === "edit");
  await unsent.decide([id], () => refusedFor("muted", { until: 1_800_000_000_000, because: "Shouting" }));
  expect(fateInDrawer(edit as UnsentRow, unsent.refused())).toMatchObject({
    kind: "refused",
    until: 1_800_000_000_000,
    because: "Shouting",
  });
});
