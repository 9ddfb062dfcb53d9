import { afterAll, beforeAll, expect, test } from "vitest";

import { caseOf } from "#shared/entries/kinds/report.ts";
import { valueOf, type Browser } from "#tests/support/api.ts";
import { deskDocument, homeDocument, openCourt, type Court } from "#tests/support/court.ts";
import { about } from "#tests/support/people.ts";

let court: Court;
beforeAll(async () => void (court = await openCourt()));
afterAll(() => court.close());

const appeals = (who: Browser, against: string) =>
  court.enter(who, homeDocument(who), about("appeal", { against, note: "It was a joke" }));
const dockets = () => court.words(deskDocument(court.community), "docket");

test("one appeals only against what was done to oneself", async () => {
  const { bob, carol, mallory, community, channel } = court;
  const own = await court.says(mallory, "never hidden");
  const wanted = { desk: community, kind: "warn", person: carol.me.id, reason: "Be kind" } as const;
  const warning = valueOf(await bob.api.takeMeasure(wanted));
  const refused = { kind: "refused", code: "nothing-there" };
  expect(await appeals(mallory, `measure/${warning.id}`)).toMatchObject(refused);
  expect(await appeals(mallory, `measure/${community}`)).toMatchObject(refused);
  expect(await appeals(mallory, `message/${channel}/${mallory.me.id}/${own.id}`)).toMatchObject(refused);
  await court.settles();
  expect(await dockets()).toEqual([]);
  expect(await appeals(carol, `measure/${warning.id}`)).toMatchObject({ kind: "committed" });
  await court.settles();
  expect(await dockets()).toMatchObject([{ case: `appeal/${warning.id}`, reports: 1 }]);
});

test("what was never reported cannot be taken back, which would tell moderators of it", async () => {
  const { alice, carol, dave, mallory, community } = court;
  const secret = valueOf(await alice.api.createChannel({ id: community, name: "secret", private: true }));
  const unseen = await court.says(alice, "between us", secret.id);
  expect(await court.reports(mallory, unseen, { open: false })).toMatchObject({ code: "nothing-there" });

  // What was said and taken back without a network leaves the device as the last word alone.
  const seen = await court.says(carol, "to all");
  expect(await court.reports(dave, seen, { open: false })).toMatchObject({ kind: "committed" });
  await court.settles();
  expect((await dockets()).map((one) => one.case)).not.toContain(caseOf(seen));
});

test("a report is taken back also by one who has left since", async () => {
  const { carol, dave, community } = court;
  const seen = await court.says(carol, "hello");
  await court.reports(dave, seen);
  await court.settles();
  valueOf(await dave.api.leaveCommunity({ id: community }));
  expect(await court.reports(dave, seen, { open: false })).toMatchObject({ kind: "committed" });
  await court.settles();
  expect((await dockets()).findLast((one) => one.case === caseOf(seen))).toMatchObject({ reports: 0, open: false });
});
