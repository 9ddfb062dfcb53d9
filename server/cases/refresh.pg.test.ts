import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";

import { PLATFORM } from "#shared/ids.ts";
import { caseOf } from "#shared/entries/kinds/report.ts";
import { createVoice } from "#server/documents/voice.ts";
import { purgeDue } from "#server/communities/purge.ts";
import { projectDocument } from "#server/projections/run.ts";
import { valueOf } from "#tests/support/api.ts";
import { deskDocument, homeDocument, openCourt, type Court } from "#tests/support/court.ts";
import { about } from "#tests/support/people.ts";
import { projectAll, expectAsRebuilt } from "#tests/support/tables.ts";

import { refreshCases } from "./refresh.ts";
import { sayWords } from "./words.ts";

let court: Court;
beforeAll(async () => void (court = await openCourt()));
afterAll(() => court.close());

const isOpen = async (key: string) =>
  valueOf(await court.bob.api.cases({ desk: court.community })).cases.some((one) => one.case === key);
const docket = async (key: string) =>
  (await court.words(deskDocument(court.community), "docket")).findLast((one) => one.case === key);
const verdict = async (who: Court["carol"], key: string) =>
  (await court.words(homeDocument(who), "verdict")).findLast((one) => one.case === key)?.outcome;
const reported = async (who = court.carol) => {
  const target = await court.says(court.mallory, "you are all fools");
  await court.reports(who, target);
  await court.settles();
  return { target, key: caseOf(target) };
};

test("a decision answers what its moderator can have seen, and silences nothing that comes later", async () => {
  const { target, key } = await reported();
  await court.decides(court.bob, key, { until: 9e15 });
  await court.settles();
  expect(await isOpen(key)).toBe(false);
  await court.reports(court.dave, target);
  await court.settles();
  expect(await isOpen(key)).toBe(true);
});

test("what was decided offline does not overrule what others have decided since", async () => {
  const { alice, bob, carol, community } = court;
  const { key } = await reported();
  const since = Date.now();
  await court.enter(alice, deskDocument(community), about("decision", { case: key, outcome: "hidden", until: since }));
  await court.settles();
  const stale = about("decision", { case: key, outcome: "dismissed", until: since });
  await court.enter(bob, deskDocument(community), { ...stale, at: since - 60_000 });
  await court.settles();

  expect(await docket(key)).toMatchObject({ open: false, outcome: "hidden" });
  expect(await verdict(carol, key)).toBe("hidden");
  const closed = valueOf(await bob.api.cases({ desk: community, state: "closed" })).cases;
  expect(closed.find((one) => one.case === key)?.settlements).toMatchObject([
    { by: { name: "Alice" }, outcome: "hidden" },
    { by: { name: "Bob" }, outcome: "dismissed", late: true },
  ]);

  // Nor does it close what somebody has opened again.
  await court.enter(
    alice,
    deskDocument(community),
    about("decision", { case: key, outcome: "reopened", until: since }),
  );
  await court.enter(bob, deskDocument(community), {
    ...about("decision", { case: key, outcome: "dismissed", until: since }),
    at: since - 30_000,
  });
  await court.settles();
  expect(await isOpen(key)).toBe(true);
});

test("of two reports that are counted at one moment both are counted", async () => {
  const { carol, dave, community, db } = court;
  const target = await court.says(court.mallory, "fools");
  const key = caseOf(target);
  await court.reports(carol, target);
  await projectAll(db);
  await court.reports(dave, target);
  let later: Promise<void> = Promise.resolve();
  let isDone = false;
  await db.transaction().execute(async (trx) => {
    await trx.updateTable("report").set({ ground: "spam" }).where("case_key", "=", key).execute();
    await refreshCases(trx, [{ desk: community, case: key }]);
    later = projectDocument(db, homeDocument(dave)).then(() => void (isDone = true));
    const waits = async () => (await sql`select from pg_locks where not granted`.execute(db)).rows.length > 0;
    await expect.poll(async () => isDone || (await waits()), { timeout: 10_000 }).toBe(true);
  });
  await later;
  await sayWords(db, createVoice(db, court.submit));
  expect(await docket(key)).toMatchObject({ reports: 2, grounds: ["spam", "unkind"] });
  await db.updateTable("report").set({ ground: "unkind" }).where("case_key", "=", key).execute();
});

test("what was reported in a community that is deleted for ever does not come back with the tables", async () => {
  const { alice, carol, mallory, db } = court;
  const { id } = valueOf(await alice.api.createCommunity({ name: "Gone", access: "open" }));
  for (const { api } of [carol, mallory]) valueOf(await api.joinCommunity({ id }));
  await court.reports(carol, { of: "person", person: mallory.me.id, community: id });
  await court.settles();
  // What is said about its owner lies elsewhere.
  await court.reports(carol, { of: "person", person: alice.me.id, community: id });
  await court.settles();
  const kept = () => db.selectFrom("report").select("desk").where("case_key", "like", `person/${id}/%`).execute();
  expect((await kept()).map(({ desk }) => desk).toSorted()).toEqual([PLATFORM, id].toSorted());
  valueOf(await alice.api.deleteCommunity({ id, name: "Gone" }));
  await db
    .updateTable("community")
    .set({ delete_at: new Date(Date.now() - 1) })
    .where("id", "=", id)
    .execute();
  await purgeDue({ db, authority: court.authority, failed: (error) => court.failures.push(error) });
  expect(await kept()).toEqual([]);
  await court.settles();
  await expectAsRebuilt(db);
  expect(await kept()).toEqual([]);
  expect(court.failures).toEqual([]);
});
