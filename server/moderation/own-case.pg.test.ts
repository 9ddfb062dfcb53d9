import { afterAll, beforeAll, expect, test } from "vitest";

import { logDocument } from "#shared/documents/names.ts";
import { caseOf } from "#shared/entries/kinds/report.ts";
import { deskOf, PLATFORM, type CommunityId } from "#shared/ids.ts";
import { kindOf, valueOf, type Browser } from "#tests/support/api.ts";
import { deskDocument, homeDocument, openCourt, type Court } from "#tests/support/court.ts";
import { about } from "#tests/support/people.ts";
import { expectAsRebuilt } from "#tests/support/tables.ts";

let court: Court;
let grace: Browser;
let heidi: Browser;

beforeAll(async () => {
  court = await openCourt();
  [grace, heidi] = [await court.admin("Grace"), await court.person("Heidi")];
  valueOf(await heidi.api.joinCommunity({ id: court.community }));
  valueOf(await court.alice.api.changeRole({ id: court.community, person: heidi.me.id, role: "moderator" }));
});
afterAll(() => court.close());

const keysFor = async ({ api }: Browser, desk: CommunityId | "platform" = court.community) =>
  valueOf(await api.cases({ desk })).cases.map((one) => one.case);
const dockets = async (desk: CommunityId = court.community) =>
  (await court.words(logDocument("desk", deskOf(desk), 1), "docket")).filter((one) => one.reports > 0);
const reported = async (who: Browser) => {
  const target = await court.says(who, "I do as I like");
  await court.reports(court.carol, target);
  await court.settles();
  return { target, key: caseOf(target) };
};
const decide = (who: Browser, key: string) =>
  who.api.decideCase({ desk: court.community, case: key, outcome: "dismissed", until: Date.now() });

test("a moderator who is reported learns nothing of it and decides nothing; who stands above them does", async () => {
  const { alice, bob, carol, community } = court;
  const { key } = await reported(bob);
  expect(await keysFor(bob)).not.toContain(key);
  expect(await keysFor(heidi)).not.toContain(key);
  expect((await dockets()).map((one) => one.case)).not.toContain(key);
  for (const kind of ["decision", "remark", "claim"] as const) {
    const said = {
      decision: { outcome: "dismissed", until: Date.now() },
      remark: { body: "Nonsense" },
      claim: { on: true },
    };
    const entry = { ...about(kind, { case: key }), ...said[kind] };
    expect(await court.enter(bob, deskDocument(community), entry)).toMatchObject({ code: "forbidden" });
    expect(await court.enter(heidi, deskDocument(community), entry)).toMatchObject({ code: "forbidden" });
  }
  expect(kindOf(await decide(bob, key))).toBe("not-found");
  expect(kindOf(await decide(heidi, key))).toBe("not-found");
  // Nor by what they do about others.
  const warning = { desk: community, kind: "warn", person: carol.me.id, reason: "Because", about: key } as const;
  expect(kindOf(await bob.api.takeMeasure(warning))).toBe("not-found");
  expect(kindOf(await bob.api.orderChannel({ id: court.channel, slow: 0, about: key }))).toBe("not-found");

  const seen = valueOf(await alice.api.cases({ desk: community })).cases.find((one) => one.case === key);
  expect(seen).toMatchObject({ apart: true, about: { person: { name: "Bob" } } });
  valueOf(await decide(alice, key));
  await court.settles();
  expect(await keysFor(alice)).not.toContain(key);
  expect((await court.words(homeDocument(carol), "verdict")).at(-1)).toMatchObject({ case: key, outcome: "dismissed" });
});

test("what is said about the owner goes to those who run the platform, for ever", async () => {
  const { alice, bob } = court;
  const { key } = await reported(alice);
  for (const who of [alice, bob]) expect(await keysFor(who)).not.toContain(key);
  expect((await dockets()).map((one) => one.case)).not.toContain(key);
  expect(await keysFor(grace, "platform")).toContain(key);
  expect((await dockets(PLATFORM)).map((one) => one.case)).toContain(key);
  await expectAsRebuilt(court.db);
  expect(await keysFor(grace, "platform")).toContain(key);
});

test("whoever runs the platform does not see what is said about themselves", async () => {
  const { carol } = court;
  valueOf(await grace.api.joinCommunity({ id: court.community }));
  const talk = valueOf(await carol.api.startConversation({ kind: "direct", people: [grace.me.id] }));
  const target = await court.says(grace, "I do as I like", talk.id);
  await court.reports(carol, target);
  await court.settles();
  const key = caseOf(target);
  const ivan = await court.admin("Ivan");
  expect(await keysFor(grace, "platform")).not.toContain(key);
  expect((await dockets(PLATFORM)).map((one) => one.case)).not.toContain(key);
  expect(await keysFor(ivan, "platform")).toContain(key);
});

test("whoever becomes a moderator finds nothing on the desk about themselves, and nobody grants their own appeal", async () => {
  const { alice, community, dave } = court;
  const { key } = await reported(dave);
  expect((await dockets()).map((one) => one.case)).toContain(key);
  const warning = valueOf(
    await alice.api.takeMeasure({ desk: community, kind: "warn", person: dave.me.id, reason: "Be kind" }),
  );
  const appeal = `appeal/${warning.id}`;
  await court.settles();
  await court.enter(dave, homeDocument(dave), about("appeal", { against: `measure/${warning.id}`, note: "No" }));
  valueOf(await alice.api.changeRole({ id: community, person: dave.me.id, role: "moderator" }));
  await court.settles();
  expect((await dockets()).map((one) => one.case)).not.toContain(key);
  await court.decides(dave, appeal);
  await court.settles();
  expect(await keysFor(alice)).toEqual(expect.arrayContaining([key, appeal]));
  expect(await keysFor(dave)).toEqual([]);
});
