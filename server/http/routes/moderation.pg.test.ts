import { afterAll, beforeAll, expect, test } from "vitest";

import { caseOf } from "#shared/entries/kinds/report.ts";
import type { CommunityId, MemberId } from "#shared/ids.ts";
import { kindOf, valueOf } from "#tests/support/api.ts";
import { deskDocument, homeDocument, openCourt, type Court } from "#tests/support/court.ts";
import { say } from "#tests/support/people.ts";
import { channelDocument } from "#tests/support/scribe.ts";
import { expectAsRebuilt } from "#tests/support/tables.ts";

let court: Court;
beforeAll(async () => void (court = await openCourt()));
afterAll(() => court.close());

const NOBODY = "01a00000-0000-7000-8000-000000000000";
const openCases = async () => valueOf(await court.bob.api.cases({ desk: court.community })).cases;

test("reports of one message by several people are one case, with the message, its surroundings and its author's record", async () => {
  const { carol, dave, mallory, bob } = court;
  await court.says(carol, "good morning");
  const target = await court.says(mallory, "you are all fools");
  await court.says(dave, "oh dear");
  await court.reports(carol, target);
  await court.reports(dave, target, { ground: "harmful", note: "" });
  await court.settles();

  const found = (await openCases()).find((one) => one.case === caseOf(target));
  expect(found).toMatchObject({
    open: true,
    about: { person: { id: mallory.me.id, name: "Mallory" }, messages: 1, hidden: 0, cases: 1, measures: [] },
    reports: [
      { reporter: { name: "Dave" }, ground: "harmful", note: "" },
      { reporter: { name: "Carol" }, ground: "unkind", note: "this is not how we talk" },
    ],
    messages: [{ body: "good morning" }, { body: "you are all fools" }, { body: "oh dear" }],
  });
  expect(await court.words(deskDocument(court.community), "docket")).toMatchObject(
    [
      { case: caseOf(target), about: mallory.me.id, reports: 1, open: true },
      { case: caseOf(target), about: mallory.me.id, reports: 2, grounds: ["harmful", "unkind"], open: true },
    ].slice(-1),
  );
  expect(kindOf(await bob.api.cases({ desk: court.community, state: "closed" }))).toBe("ok");
});

test("a decision closes the case and tells each reporter; a later report opens it again", async () => {
  const { carol, dave, mallory, bob } = court;
  const target = await court.says(mallory, "fools, I said");
  const key = caseOf(target);
  await court.reports(carol, target);
  await court.settles();
  await court.decides(bob, key, { until: (await openCases()).find((one) => one.case === key)?.last ?? 0 });
  await court.settles();

  expect((await openCases()).map((one) => one.case)).not.toContain(key);
  expect(await court.words(homeDocument(carol), "verdict")).toMatchObject([{ case: key, outcome: "dismissed" }]);
  expect(await court.words(homeDocument(dave), "verdict")).toEqual([]);

  await court.reports(dave, target);
  await court.settles();
  expect((await openCases()).map((one) => one.case)).toContain(key);
  await court.reports(dave, target, { open: false });
  await court.settles();
  expect((await openCases()).map((one) => one.case)).not.toContain(key);
});

test("what one may not read, and what does not exist, cannot be reported, and nobody learns which", async () => {
  const { alice, mallory } = court;
  const secret = valueOf(await alice.api.createChannel({ id: court.community, name: "secret", private: true }));
  const hidden = await court.says(alice, "between us", secret.id);
  const refused = { kind: "refused", code: "nothing-there" };

  const answers = [
    await court.reports(mallory, hidden),
    await court.reports(mallory, { ...hidden, channel: NOBODY as typeof hidden.channel }),
    await court.reports(mallory, { ...hidden, channel: court.channel }),
    await court.reports(mallory, { of: "person", person: NOBODY as MemberId, community: court.community }),
    await court.reports(mallory, { of: "person", person: alice.me.id, community: NOBODY as CommunityId }),
  ];
  for (const answer of answers) expect(answer).toMatchObject(refused);
  expect(new Set(answers.map((answer) => JSON.stringify({ ...answer, entries: [] }))).size).toBe(1);
  await court.settles();
  expect((await openCases()).map((one) => one.case)).not.toContain(caseOf(hidden));
});

test("a message of a conversation goes to those who run the platform, alone and without its surroundings", async () => {
  const { alice, carol, mallory } = court;
  const talk = valueOf(await carol.api.startConversation({ kind: "direct", people: [mallory.me.id] }));
  await court.says(carol, "my secret", talk.id);
  const target = await court.says(mallory, "I know where you live", talk.id);
  await court.reports(carol, target, { ground: "harmful" });
  await court.settles();

  expect((await openCases()).map((one) => one.case)).not.toContain(caseOf(target));
  expect(kindOf(await alice.api.cases({ desk: "platform" }))).toBe("not-found");
  await court.db.updateTable("person").set({ platform_admin: true }).where("id", "=", alice.me.id).execute();
  const { cases } = valueOf(await alice.api.cases({ desk: "platform" }));
  expect(cases).toMatchObject([{ case: caseOf(target), messages: [{ body: "I know where you live" }] }]);
  await court.db.updateTable("person").set({ platform_admin: false }).where("id", "=", alice.me.id).execute();
});

test("a measure about a case settles it, and an appeal against it comes to the desk and is answered by lifting it", async () => {
  const { bob, carol, mallory, community } = court;
  const target = await court.says(mallory, "boo");
  await court.reports(carol, target);
  await court.settles();
  const warning = valueOf(
    await bob.api.takeMeasure({
      desk: community,
      kind: "warn",
      person: mallory.me.id,
      reason: "Be kind",
      about: caseOf(target),
    }),
  );
  expect((await openCases()).map((one) => one.case)).not.toContain(caseOf(target));
  expect((await court.words(homeDocument(carol), "verdict")).at(-1)).toMatchObject({ outcome: "acted" });

  const appeal = { kind: "appeal", against: `measure/${warning.id}`, note: "It was a joke" };
  const { body: _, ...bare } = say("x");
  expect(await court.enter(mallory, homeDocument(mallory), { ...bare, ...appeal })).toMatchObject({
    kind: "committed",
  });
  // Against what was done to others nobody appeals.
  await court.enter(carol, homeDocument(carol), { ...bare, ...appeal });
  await court.settles();
  const found = (await openCases()).filter((one) => one.case === `appeal/${warning.id}`);
  expect(found).toMatchObject([
    { against: { reason: "Be kind" }, reports: [{ reporter: { name: "Mallory" }, note: "It was a joke" }] },
  ]);

  valueOf(await bob.api.liftMeasure({ desk: community, id: warning.id }));
  expect((await openCases()).map((one) => one.case)).not.toContain(`appeal/${warning.id}`);
  expect((await court.words(homeDocument(mallory), "verdict")).at(-1)).toMatchObject({
    case: `appeal/${warning.id}`,
    outcome: "acted",
  });
});

test("hiding a message settles what was reported about it; its author is told why, and when it is shown again", async () => {
  const { bob, carol, mallory, channel } = court;
  const target = await court.says(mallory, "hide me");
  const { id } = target;
  await court.reports(carol, target);
  await court.settles();
  const of = { author: mallory.me.id, id };
  const { body: _, ...bare } = say("x");
  await court.enter(bob, channelDocument(channel), { ...bare, kind: "hide", of, reason: "Off topic" });
  await court.settles();
  expect((await court.words(homeDocument(mallory), "measure")).at(-1)).toMatchObject({
    measure: "hide",
    reason: "Off topic",
    lifted: false,
  });
  expect((await openCases()).map((one) => one.case)).not.toContain(caseOf(target));
  expect((await court.words(homeDocument(carol), "verdict")).at(-1)).toMatchObject({
    case: caseOf(target),
    outcome: "hidden",
  });
  const { body: __, ...again } = say("x");
  await court.enter(bob, channelDocument(channel), { ...again, kind: "restore", of });
  await court.settles();
  expect((await court.words(homeDocument(mallory), "measure")).at(-1)).toMatchObject({ measure: "hide", lifted: true });
});

test("members, guests, strangers and nobody neither see a desk nor do anything from it", async () => {
  const { alice, carol, bob, community, channel } = court;
  const stranger = await court.person("Stranger");
  const wanted = { kind: "warn", person: carol.me.id, reason: "Because" } as const;
  const asked = async (desk: CommunityId | "platform", { api }: typeof bob) => [
    kindOf(await api.cases({ desk })),
    kindOf(await api.measures({ desk, person: carol.me.id })),
    kindOf(await api.takeMeasure({ desk, ...wanted })),
    kindOf(await api.liftMeasure({ desk, id: NOBODY })),
  ];
  const none = Array.from({ length: 4 }, () => "not-found");
  expect(await asked(community, carol)).toEqual(none);
  expect(await asked(community, stranger)).toEqual(none);
  expect(await asked(NOBODY as CommunityId, bob)).toEqual(none);
  expect(await asked("platform", bob)).toEqual(none);
  const signedOut = court.visitor();
  expect(kindOf(await signedOut.cases({ desk: community }))).toBe("signed-out");
  expect(kindOf(await signedOut.takeMeasure({ desk: community, ...wanted }))).toBe("signed-out");

  expect(kindOf(await bob.api.takeMeasure({ desk: community, ...wanted, person: alice.me.id }))).toBe("forbidden");
  expect(kindOf(await bob.api.takeMeasure({ desk: community, ...wanted, person: stranger.me.id }))).toBe("not-found");
  expect(kindOf(await bob.api.takeMeasure({ desk: community, ...wanted, kind: "mute" }))).toBe("invalid");
  expect(kindOf(await bob.api.takeMeasure({ desk: community, ...wanted, reason: "" }))).toBe("invalid");
  expect(kindOf(await bob.api.takeMeasure({ desk: community, ...wanted, kind: "ban", until: 1 }))).toBe("invalid");
  expect(kindOf(await carol.api.orderChannel({ id: channel, locked: true }))).toBe("forbidden");
  expect(kindOf(await stranger.api.orderChannel({ id: channel, locked: true }))).toBe("not-found");
  expect(kindOf(await bob.api.orderChannel({ id: channel, slow: 999_999 }))).toBe("invalid");
});

test("emptied and built again, the tables say the same", async () => {
  await court.settles();
  await expectAsRebuilt(court.db);
  await court.settles();
  expect(court.failures).toEqual([]);
});
