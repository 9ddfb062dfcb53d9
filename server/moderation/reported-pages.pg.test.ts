import { afterAll, beforeAll, expect, test } from "vitest";

import { pageDocument } from "#shared/documents/names.ts";
import { caseOf, type Reported } from "#shared/entries/kinds/report.ts";
import { PLATFORM, type CommunityId, type PageId } from "#shared/ids.ts";
import { compact } from "#server/documents/compact.ts";
import { kindOf, valueOf, type Browser } from "#tests/support/api.ts";
import { deskDocument, homeDocument, openCourt, type Court } from "#tests/support/court.ts";
import { about } from "#tests/support/people.ts";
import { expectAsRebuilt } from "#tests/support/tables.ts";

let court: Court;
let grace: Browser;
let heidi: Browser;

/** Heidi moderates like Bob, Grace runs the platform. */
beforeAll(async () => {
  court = await openCourt();
  [grace, heidi] = [await court.admin("Grace"), await court.person("Heidi")];
  valueOf(await heidi.api.joinCommunity({ id: court.community }));
  valueOf(await court.alice.api.changeRole({ id: court.community, person: heidi.me.id, role: "moderator" }));
});
afterAll(() => court.close());

const NOBODYS = "01a00000-0000-7000-8000-000000000000" as PageId;
const refused = { kind: "refused", code: "nothing-there" };

/** A page of the wiki, which Bob has made and those wrote on one after the other. */
async function wiki(...authors: readonly Browser[]): Promise<Reported & { readonly of: "page" }> {
  const { bob, community } = court;
  const { id } = valueOf(await bob.api.createPage({ id: community, title: "Laptops that sleep", kind: "wiki" }));
  for (const who of authors)
    expect(await court.writes(who, id, `${who.me.name} was here`)).toMatchObject({ kind: "committed" });
  return { of: "page", page: id };
}

async function reported(target: Reported, ...reporters: readonly Browser[]): Promise<string> {
  for (const who of reporters) expect(await court.reports(who, target)).toMatchObject({ kind: "committed" });
  await court.settles();
  return caseOf(target);
}

const casesFor = async ({ api }: Browser, desk: CommunityId | "platform" = court.community) =>
  valueOf(await api.cases({ desk })).cases;
const keysFor = async (who: Browser, desk?: "platform") => (await casesFor(who, desk)).map((one) => one.case);
const dockets = async (key: string) =>
  (await court.words(deskDocument(court.community), "docket")).filter((one) => one.case === key);
const verdictsFor = async (who: Browser, key: string) =>
  (await court.words(homeDocument(who), "verdict")).filter((one) => one.case === key).map(({ outcome }) => outcome);

test("a member reports a page that they read: moderators see what it is called, what it says and who wrote there last", async () => {
  const { alice, bob, carol, dave, mallory } = court;
  const target = await wiki(dave, mallory);
  const key = await reported(target, carol, dave);
  expect((await casesFor(bob)).find((one) => one.case === key)).toMatchObject({
    open: true,
    about: { person: { id: mallory.me.id, name: "Mallory" }, cases: 1 },
    reports: [{ reporter: { name: "Dave" } }, { reporter: { name: "Carol" }, note: "this is not how we talk" }],
    messages: [],
    page: { id: target.page, title: "Laptops that sleep", excerpt: "Mallory was here" },
  });
  expect(await dockets(key)).toMatchObject([{ about: mallory.me.id, reports: 2, open: true }]);

  await court.decides(bob, key);
  await court.settles();
  expect(await keysFor(alice)).not.toContain(key);
  for (const who of [carol, dave]) expect(await verdictsFor(who, key)).toEqual(["dismissed"]);
  expect(await verdictsFor(mallory, key)).toEqual([]);
  const { acts } = valueOf(await alice.api.communityAudit({ id: court.community, act: "case.decide" }));
  expect(acts[0]).toMatchObject({ target: { kind: "page", id: target.page, name: "Laptops that sleep" } });
});

test("a page nobody has written on is about whoever made it, and a report settled by a measure about them", async () => {
  const { alice, bob, carol, dave, community } = court;
  valueOf(await alice.api.changeRole({ id: community, person: dave.me.id, role: "moderator" }));
  const { id: page } = valueOf(await dave.api.createPage({ id: community, title: "Empty" }));
  valueOf(await alice.api.changeRole({ id: community, person: dave.me.id, role: "member" }));
  const key = await reported({ of: "page", page }, carol);
  const warning = { desk: community, kind: "warn", reason: "Such a title", about: key } as const;
  expect(kindOf(await bob.api.takeMeasure({ ...warning, person: carol.me.id }))).toBe("not-found");
  valueOf(await bob.api.takeMeasure({ ...warning, person: dave.me.id }));
  await court.settles();
  expect(await verdictsFor(carol, key)).toEqual(["acted"]);
});

test("who wrote there last is known by the history where the journal has forgotten it", async () => {
  const { carol, dave, mallory } = court;
  const target = await wiki(dave, mallory);
  await court.settles();
  await compact(court.db, pageDocument(target.page));
  expect(await dockets(await reported(target, carol))).toMatchObject([{ about: mallory.me.id }]);
});

test("of a private channel that one is not in, no page can be reported, as one that does not exist", async () => {
  const { alice, bob, carol, mallory, community } = court;
  const stranger = await court.person("Stranger");
  const channel = valueOf(await alice.api.createChannel({ id: community, name: "secret", private: true })).id;
  const page = valueOf(await alice.api.createPage({ id: community, channel, title: "Between us" })).id;
  const gone = (await wiki(mallory)).page;
  const open = (await wiki(mallory)).page;
  valueOf(await bob.api.deletePage({ id: gone }));

  const answers = [
    await court.reports(mallory, { of: "page", page }),
    await court.reports(mallory, { of: "page", page: NOBODYS }),
    await court.reports(mallory, { of: "page", page: gone }),
    await court.reports(stranger, { of: "page", page: open }),
    // Nor is there anything to be taken back.
    await court.reports(mallory, { of: "page", page }, { open: false }),
  ];
  for (const answer of answers) expect(answer).toMatchObject(refused);
  expect(new Set(answers.map((answer) => JSON.stringify({ ...answer, entries: [] }))).size).toBe(1);
  await court.settles();
  expect(await court.db.selectFrom("reported_page").selectAll().where("page_id", "=", page).execute()).toEqual([]);

  valueOf(await alice.api.letIn({ id: channel, people: [carol.me.id] }));
  await reported({ of: "page", page }, carol);
  expect((await casesFor(grace, "platform")).map((one) => one.page?.title)).toContain("Between us");
});

test("what the owner wrote goes to those who run the platform, for ever", async () => {
  const { alice, bob, carol, dave, mallory } = court;
  const target = await wiki(mallory, alice);
  const key = await reported(target, carol);
  expect(await court.writes(mallory, target.page, "Mine again")).toMatchObject({ kind: "committed" });
  await reported(target, dave);
  for (const who of [alice, bob, heidi]) expect(await keysFor(who)).not.toContain(key);
  expect(await dockets(key)).toEqual([]);
  expect((await casesFor(grace, "platform")).find((one) => one.case === key)?.reports).toHaveLength(2);
  expect(
    await court.enter(
      grace,
      deskDocument(PLATFORM),
      about("decision", { case: key, outcome: "dismissed", until: Date.now() }),
    ),
  ).toMatchObject({ kind: "committed" });
  await court.settles();
  expect(await verdictsFor(carol, key)).toEqual(["dismissed"]);
});

test("what a moderator wrote lies on no desk, and only those above them see and decide it, whoever writes there afterwards", async () => {
  const { alice, bob, carol, dave, mallory, community } = court;
  const target = await wiki(mallory, bob);
  const key = await reported(target, carol);
  expect(await court.writes(mallory, target.page, "Mallory again")).toMatchObject({ kind: "committed" });
  await reported(target, dave);

  for (const who of [bob, heidi]) {
    expect(await keysFor(who)).not.toContain(key);
    for (const [kind, said] of [
      ["decision", { outcome: "dismissed", until: Date.now() }],
      ["remark", { body: "Nonsense" }],
      ["claim", { on: true }],
    ] as const)
      expect(await court.enter(who, deskDocument(community), { ...about(kind, { case: key }), ...said })).toMatchObject(
        refused,
      );
    const decision = { desk: community, case: key, outcome: "dismissed", until: Date.now() } as const;
    expect(kindOf(await who.api.decideCase(decision))).toBe("not-found");
    const warning = { desk: community, kind: "warn", person: mallory.me.id, reason: "Because", about: key } as const;
    expect(kindOf(await who.api.takeMeasure(warning))).toBe("not-found");
  }
  expect(await dockets(key)).toEqual([]);

  const seen = (await casesFor(alice)).find((one) => one.case === key);
  expect(seen).toMatchObject({ apart: true, about: { person: { name: "Bob" } }, reports: [{}, {}] });
  valueOf(await alice.api.decideCase({ desk: community, case: key, outcome: "dismissed", until: Date.now() }));
  await court.settles();
  for (const who of [carol, dave]) expect(await verdictsFor(who, key)).toEqual(["dismissed"]);
});

test("a case leaves the desk when it comes to concern somebody who works there, and does not say whom", async () => {
  const { bob, carol, dave, mallory } = court;
  const target = await wiki(mallory);
  const key = await reported(target, carol);
  expect(await dockets(key)).toMatchObject([{ reports: 1 }]);
  await court.writes(bob, target.page, "Bob was here");
  await reported(target, dave);
  expect(await dockets(key)).toMatchObject([{ about: mallory.me.id, reports: 0, open: false }]);
  expect(await keysFor(bob)).not.toContain(key);
});

test("nobody learns by deciding that a page was reported: where nothing was, or elsewhere, there is no case", async () => {
  const { bob, carol, mallory } = court;
  const untouched = caseOf(await wiki(mallory));
  const own = await reported(await wiki(bob), carol);
  const elsewhere = valueOf(await heidi.api.createCommunity({ name: "Southern Networks", access: "open" })).id;
  const decision = (key: string) => about("decision", { case: key, outcome: "dismissed", until: Date.now() });
  const answers = [
    await court.decides(bob, untouched),
    await court.decides(bob, own),
    await court.decides(bob, `page/${NOBODYS}`),
    await court.enter(heidi, deskDocument(elsewhere), decision(await reported(await wiki(mallory), carol))),
  ];
  for (const answer of answers) expect(answer).toMatchObject(refused);
  expect(new Set(answers.map((answer) => JSON.stringify({ ...answer, entries: [] }))).size).toBe(1);
});

test("a page that was deleted meanwhile is shown as such, and its case can be settled", async () => {
  const { bob, carol, mallory } = court;
  const target = await wiki(mallory);
  const key = await reported(target, carol);
  valueOf(await bob.api.deletePage({ id: target.page }));
  const seen = (await casesFor(bob)).find((one) => one.case === key);
  expect(seen).toMatchObject({ about: { person: { name: "Mallory" } }, page: { id: target.page, excerpt: "" } });
  expect(seen?.page).not.toHaveProperty("title");
  expect(await court.decides(bob, key)).toMatchObject({ kind: "committed" });
  await court.settles();
  expect(await keysFor(bob)).not.toContain(key);
  expect(await verdictsFor(carol, key)).toEqual(["dismissed"]);
});

test("a report of a page is taken back, also once the page is gone, and made again it is about who wrote since", async () => {
  const { bob, carol, dave, mallory } = court;
  const target = await wiki(mallory);
  const key = await reported(target, carol);
  await court.writes(dave, target.page, "Dave was here");
  expect(await court.reports(carol, target, { open: false })).toMatchObject({ kind: "committed" });
  await court.settles();
  expect(await dockets(key)).toMatchObject([{ about: mallory.me.id, reports: 0, open: false }]);
  expect(await keysFor(bob)).not.toContain(key);

  await reported(target, carol);
  expect(await dockets(key)).toMatchObject([{ about: dave.me.id, reports: 1, open: true }]);
  valueOf(await bob.api.deletePage({ id: target.page }));
  expect(await court.reports(carol, target, { open: false })).toMatchObject({ kind: "committed" });
  await court.settles();
  expect(await keysFor(bob)).not.toContain(key);
});

test("emptied and built again, whom reports of pages concern is as it was, whoever wrote there since", async () => {
  const { carol, dave, mallory } = court;
  const target = await wiki(mallory);
  await reported(target, carol);
  await court.writes(dave, target.page, "Dave was here");
  await court.settles();
  await expectAsRebuilt(court.db);
  await court.settles();
  expect(court.failures).toEqual([]);
});
