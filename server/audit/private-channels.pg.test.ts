import { afterAll, beforeAll, expect, test } from "vitest";

import { logDocument } from "#shared/documents/names.ts";
import { caseOf } from "#shared/entries/kinds/report.ts";
import type { ChannelId } from "#shared/ids.ts";
import { valueOf, type Browser } from "#tests/support/api.ts";
import { openCourt, type Court } from "#tests/support/court.ts";
import { about } from "#tests/support/people.ts";

let court: Court;
let secret: ChannelId;

/** Carol is an admin of the community and not in the private channel, in which of everything there is has been done. */
beforeAll(async () => {
  court = await openCourt();
  const { alice, bob, carol, dave, mallory, community: id } = court;
  valueOf(await alice.api.changeRole({ id, person: carol.me.id, role: "admin" }));
  secret = valueOf(await alice.api.createChannel({ id, name: "layoffs", private: true, people: [bob.me.id] })).id;
  valueOf(await alice.api.letIn({ id: secret, people: [dave.me.id, mallory.me.id] }));
  valueOf(await alice.api.putOut({ id: secret, person: dave.me.id }));
  valueOf(await alice.api.changeChannel({ id: secret, topic: "who goes" }));
  valueOf(await bob.api.orderChannel({ id: secret, slow: 30 }));
  const page = valueOf(await alice.api.createPage({ id, channel: secret, title: "List of names" })).id;
  valueOf(await alice.api.changePage({ id: page, pinned: true }));
  valueOf(await alice.api.deletePage({ id: page }));
  const reported = valueOf(await alice.api.createPage({ id, channel: secret, title: "Excuses", kind: "wiki" })).id;
  expect(await court.writes(mallory, reported, "not me either")).toMatchObject({ kind: "committed" });
  expect(await court.reports(alice, { of: "page", page: reported })).toMatchObject({ kind: "committed" });
  await court.settles();
  const key = caseOf({ of: "page", page: reported });
  expect(await court.decides(bob, key)).toMatchObject({ kind: "committed" });
  const warning = { desk: id, kind: "warn", person: mallory.me.id, reason: "Be honest", about: key } as const;
  valueOf(await bob.api.takeMeasure(warning));

  const said = await court.says(mallory, "not me", secret);
  const { author, id: entry } = said;
  expect(await court.reports(alice, said)).toMatchObject({ kind: "committed" });
  await court.settles();
  const hide = about("hide", { of: { author, id: entry }, reason: "names of those who go" });
  expect(await court.enter(bob, logDocument("channel", secret, 1), hide)).toMatchObject({ kind: "committed" });
  expect(await court.decides(bob, caseOf(said))).toMatchObject({ kind: "committed" });
  const measure = { desk: id, kind: "warn", person: mallory.me.id, reason: "Be kind", about: caseOf(said) } as const;
  valueOf(await bob.api.takeMeasure(measure));
});
afterAll(() => court.close());

const trail = async ({ api }: Browser, q?: string) =>
  valueOf(await api.communityAudit({ id: court.community, ...(q !== undefined && { q }) })).acts;

const OF_THE_CHANNEL = ["layoffs", "who goes", "List of names", "names of those who go", "Excuses"];

test("an admin who is not in a private channel learns nothing of it by the trail", async () => {
  const told = await trail(court.carol);
  const text = JSON.stringify(told);
  for (const word of [secret, ...OF_THE_CHANNEL]) expect(text).not.toContain(word);
  expect(told.map(({ act }) => act).toReversed()).toEqual([
    "community.create",
    "member.join",
    "member.join",
    "member.join",
    "member.join",
    "member.role",
    "member.role",
    "member.warn",
    "member.warn",
  ]);
  expect(told[0]).toMatchObject({ target: { name: "Mallory" }, details: { reason: "Be kind" } });
});

test.for([...OF_THE_CHANNEL, "let-in", "message/", "page/"])("nor by looking for %s", async (word) => {
  expect(await trail(court.carol, word)).toEqual([]);
});

test("who is in it finds all of it", async () => {
  expect((await trail(court.alice)).map(({ act }) => act)).toEqual(
    expect.arrayContaining([
      "channel.create",
      "channel.let-in",
      "channel.put-out",
      "channel.change",
      "channel.slow",
      "page.create",
      "page.change",
      "page.delete",
      "entry.hide",
      "case.decide",
    ]),
  );
  for (const of of ["message/", "page/"]) expect(await trail(court.alice, of)).toHaveLength(2);
  expect((await trail(court.alice, "Excuses")).map(({ act }) => act)).toEqual(["case.decide", "page.create"]);
  expect(await trail(court.alice, "List of names")).toHaveLength(3);
});

test("what is done in a public channel every admin finds", async () => {
  valueOf(await court.bob.api.orderChannel({ id: court.channel, slow: 10 }));
  expect((await trail(court.carol))[0]).toMatchObject({ act: "channel.slow", target: { name: "general" } });
});

const exportFor = ({ fetch }: Browser, query = "") =>
  fetch(`http://localhost/api/v1/communities/${court.community}/audit/export?format=ndjson${query}`);

test("what an admin takes along is what they are told, and that they took it is an act that all of them find", async () => {
  const answer = await exportFor(court.carol, "&act=member.role");
  expect(answer.headers.get("content-type")).toMatch(/^application\/x-ndjson/);
  const lines = (await answer.text()).trimEnd().split("\n");
  expect(lines.map((line) => (JSON.parse(line) as { act: string }).act)).toEqual(["member.role", "member.role"]);
  expect((await trail(court.alice))[0]).toMatchObject({
    act: "audit.export",
    actor: { name: "Carol" },
    details: { format: "ndjson", act: "member.role" },
  });
  const whole = await (await exportFor(court.carol)).text();
  for (const word of [secret, ...OF_THE_CHANNEL]) expect(whole).not.toContain(word);
});

test("who keeps no community takes nothing of it along, and that leaves no act", async () => {
  const before = (await trail(court.alice)).length;
  expect((await exportFor(court.mallory)).status).toBe(403);
  expect((await exportFor(court.dave)).status).toBe(403);
  expect(await trail(court.alice)).toHaveLength(before);
});

test("whoever runs the platform is told of every act", async () => {
  const sybil = await court.admin("Sybil");
  const { acts } = valueOf(await sybil.api.audit({ community: court.community }));
  expect(acts.length).toBeGreaterThanOrEqual((await trail(court.alice)).length);
  for (const name of ["layoffs", "List of names"]) expect(JSON.stringify(acts)).toContain(name);
});
