import { afterAll, beforeAll, expect, test } from "vitest";

import { caseOf } from "#shared/entries/kinds/report.ts";
import type { ChannelId } from "#shared/ids.ts";
import type { Report, ReportName } from "#shared/protocol/http/reports.ts";
import { purgeDue } from "#server/communities/purge.ts";
import { valueOf, type Browser } from "#tests/support/api.ts";
import { homeDocument, openCourt, type Court } from "#tests/support/court.ts";
import { about } from "#tests/support/people.ts";
import { channelDocument } from "#tests/support/scribe.ts";
import { expectAsRebuilt } from "#tests/support/tables.ts";

let court: Court;
let grace: Browser;
let heidi: Browser;
let ops: ChannelId;

/** Heidi moderates like Bob, Grace is a member who runs the platform; only Alice and Carol are in ops. */
beforeAll(async () => {
  court = await openCourt();
  const { alice, carol, community } = court;
  [grace, heidi] = [await court.admin("Grace"), await court.person("Heidi")];
  for (const { api } of [grace, heidi]) valueOf(await api.joinCommunity({ id: community }));
  valueOf(await alice.api.changeRole({ id: community, person: heidi.me.id, role: "moderator" }));
  ops = valueOf(await alice.api.createChannel({ id: community, name: "ops", private: true })).id;
  valueOf(await alice.api.letIn({ id: ops, people: [carol.me.id] }));
});
afterAll(() => court.close());

const inCommunity = () => `/communities/${court.community}`;
const inChannel = (channel = court.channel) => `/channels/${channel}`;
const ask = (who: Browser, place: string, name: ReportName = "moderation", query = "") =>
  who.fetch(`/api/v1${place}/reports/${name}?${query}`, { method: "GET" });

async function loadFor(who: Browser, place: string): Promise<Report<"moderation">["caseload"]["total"]> {
  const response = await ask(who, place);
  expect(response.status, await response.clone().text()).toBe(200);
  return ((await response.json()) as Report<"moderation">).caseload.total;
}

/** Reported, settled and open. */
async function countsFor(who: Browser, place: string): Promise<readonly number[]> {
  const { reported, settled, open } = await loadFor(who, place);
  return [reported, settled, open];
}

const readers = () =>
  [
    [court.alice, inCommunity()],
    [court.alice, inChannel()],
    [court.bob, inCommunity()],
    [court.bob, inChannel()],
    [heidi, inCommunity()],
    [grace, ""],
  ] as const;
/** For how many more reports and open cases something accounts, for each who reads. */
async function addedBy(change: () => Promise<unknown>): Promise<readonly (readonly number[])[]> {
  const all = () => Promise.all(readers().map(([who, place]) => countsFor(who, place)));
  const before = await all();
  await change();
  await court.settles();
  return (await all()).map(([reported = 0, , open = 0], index) => [
    reported - (before[index]?.[0] ?? 0),
    open - (before[index]?.[2] ?? 0),
  ]);
}
const [one, nothing] = [
  [1, 1],
  [0, 0],
];

test("reports, decisions and waits are counted, and those of last time stay when the same is reported again", async () => {
  const { alice, bob, carol, dave, mallory, community } = court;
  const target = await court.says(mallory, "you are all fools");
  for (const who of [carol, dave]) await court.reports(who, target);
  await court.settles();
  expect(await loadFor(bob, inChannel())).toEqual({ reported: 2, settled: 0, open: 1, median: null, ninth: null });
  await court.decides(bob, caseOf(target));
  await court.settles();
  const first = await loadFor(bob, inChannel());
  expect(first).toMatchObject({ reported: 2, settled: 1, open: 0 });
  expect(first.median).toBeGreaterThan(0);
  expect(first.ninth).toBe(first.median);

  await court.reports(carol, target);
  await court.settles();
  expect(await countsFor(bob, inChannel())).toEqual([3, 1, 1]);
  await court.reports(carol, target, { open: false });
  const person = { of: "person", person: mallory.me.id, community } as const;
  await court.reports(dave, person);
  await court.settles();
  expect(await countsFor(bob, inChannel())).toEqual([2, 1, 0]);
  expect(await countsFor(alice, inCommunity())).toEqual([3, 1, 1]);
  expect(await countsFor(grace, "")).toEqual([3, 1, 1]);

  const before = await loadFor(bob, inCommunity());
  await expectAsRebuilt(court.db);
  expect(await loadFor(bob, inCommunity())).toEqual(before);
});

test("hiding a message settles what was reported of it, and showing it again has it wait anew, with the appeal settled", async () => {
  const { alice, bob, carol, mallory, channel } = court;
  const target = await court.says(mallory, "fools, all of you");
  await court.reports(carol, target);
  await court.settles();
  const [reported = 0, settled = 0] = await countsFor(bob, inChannel());
  const of = { author: target.author, id: target.id };
  await court.enter(bob, channelDocument(channel), about("hide", { of, reason: "Unkind" }));
  await court.settles();
  expect(await countsFor(bob, inChannel())).toEqual([reported, settled + 1, 0]);
  await court.enter(
    mallory,
    homeDocument(mallory),
    about("appeal", { against: caseOf(target), note: "I do not see why" }),
  );
  await court.settles();
  expect(await countsFor(bob, inChannel())).toEqual([reported + 1, settled + 1, 1]);
  await court.enter(alice, channelDocument(channel), about("restore", { of }));
  await court.settles();
  expect(await countsFor(bob, inChannel())).toEqual([reported + 1, settled + 2, 1]);
  await court.decides(alice, caseOf(target));
  await court.settles();
  expect(await countsFor(bob, inChannel())).toEqual([reported + 1, settled + 3, 0]);
});

test("no figure tells what is said about whoever asks, about those as high, or on another desk", async () => {
  const { alice, bob, carol, dave, mallory } = court;
  const reportOf = async (who: Browser, by = carol, channel?: ChannelId) =>
    court.reports(by, await court.says(who, "I do as I like", channel));
  // Alice in all and in the channel, Bob in all and in the channel, Heidi, Grace.
  expect(await addedBy(() => reportOf(mallory))).toEqual([one, one, one, one, one, one]);
  expect(await addedBy(() => reportOf(bob))).toEqual([one, one, nothing, nothing, nothing, one]);
  expect(await addedBy(() => reportOf(alice))).toEqual([nothing, nothing, nothing, nothing, nothing, one]);
  expect(await addedBy(() => reportOf(grace))).toEqual([one, one, one, one, one, nothing]);
  expect(await addedBy(() => reportOf(carol, alice, ops))).toEqual([one, nothing, one, nothing, one, one]);

  // Whoever becomes a moderator takes what is said about them along.
  const { api } = alice;
  const promoted = { id: court.community, person: dave.me.id };
  await reportOf(dave);
  await court.settles();
  const gone = await addedBy(async () => valueOf(await api.changeRole({ ...promoted, role: "moderator" })));
  const minus = [-1, -1];
  expect(gone).toEqual([nothing, nothing, minus, minus, minus, nothing]);
  valueOf(await api.changeRole({ ...promoted, role: "member" }));
  expect((await ask(mallory, inCommunity())).status).toBe(403);
  expect((await ask(bob, inChannel(ops))).status).toBe(404);
});

test("as many cases wait as their desk shows to whoever asks", async () => {
  for (const who of [court.alice, court.bob, heidi]) {
    const { cases } = valueOf(await who.api.cases({ desk: court.community }));
    expect((await loadFor(who, inCommunity())).open).toBe(cases.length);
  }
});

test("spreadsheets have the same figures, with those of the whole range in the last line", async () => {
  const range = "from=2024-01-01&to=2024-01-01";
  const lines = (await (await ask(court.bob, inCommunity(), "moderation", `${range}&format=csv`)).text()).split("\r\n");
  const { open } = await loadFor(court.bob, inCommunity());
  expect(lines).toEqual([
    "start,moderator,name,hidden,restored,median_ms,reported,settled,waited_median_ms,waited_p90_ms,open",
    "2024-01-01,,,0,0,,0,0,,,",
    `,,,,,,0,0,,,${open}`,
    "",
  ]);
});

test("while a decision is not counted yet the report says so, and no other one does", async () => {
  const { bob, carol, mallory } = court;
  const isComplete = async (name: ReportName): Promise<boolean> =>
    ((await (await ask(bob, inCommunity(), name)).json()) as Report<"moderation">).complete;
  const target = await court.says(mallory, "nothing but fools");
  await court.reports(carol, target);
  await court.settles();
  await court.decides(bob, caseOf(target));
  expect([await isComplete("moderation"), await isComplete("engagement")]).toEqual([false, true]);
  await court.settles();
  expect(await isComplete("moderation")).toBe(true);
});

test("what was reported in a community that is deleted for ever is in no figure, and nothing of it is kept", async () => {
  const { alice, db } = court;
  valueOf(await alice.api.deleteCommunity({ id: court.community, name: "Northern Networks" }));
  await db
    .updateTable("community")
    .set({ delete_at: new Date(Date.now() - 1) })
    .where("id", "=", court.community)
    .execute();
  await purgeDue({ db, authority: court.authority, failed: (error) => court.failures.push(error) });
  expect(await countsFor(grace, "")).toEqual([0, 0, 0]);
  await court.settles();
  await expectAsRebuilt(db);
  expect(await db.selectFrom("report_step").selectAll().execute()).toEqual([]);
  expect(court.failures).toEqual([]);
});
