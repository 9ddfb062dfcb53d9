import { afterAll, beforeAll, expect, test } from "vitest";

import { caseOf } from "#shared/entries/kinds/report.ts";
import { valueOf } from "#tests/support/api.ts";
import { openCourt, type Court } from "#tests/support/court.ts";

let court: Court;
beforeAll(async () => void (court = await openCourt()));
afterAll(() => court.close());

/** The trail of the community, the oldest first, without how it came to be. */
async function trail() {
  const { acts } = valueOf(await court.alice.api.communityAudit({ id: court.community }));
  return acts
    .filter(({ act }) => /^(member\.(warn|mute|ban|remove)|measure|case|entry|channel\.(lock|unlock|slow))/.test(act))
    .map(({ act, actor, target, details }) => ({ act, by: actor?.name, on: target.name, details }))
    .toReversed();
}

test("whatever is done to keep order is told in the trail: by whom, about whom, why and until when", async () => {
  const { bob, carol, mallory, community: desk, channel } = court;
  const until = Date.now() + 3_600_000;
  const person = mallory.me.id;
  const secret = "a word that nobody repeats";
  const said = await court.says(mallory, secret);
  expect(await court.reports(carol, said, { note: secret })).toMatchObject({ kind: "committed" });
  await court.settles();
  const key = caseOf(said);

  expect(await court.decides(bob, key)).toMatchObject({ kind: "committed" });
  valueOf(await bob.api.takeMeasure({ desk, kind: "warn", person, reason: "Not here", about: key }));
  const mute = valueOf(await bob.api.takeMeasure({ desk, kind: "mute", person, reason: "Cool down", until }));
  valueOf(await bob.api.liftMeasure({ desk, id: mute.id }));
  valueOf(await bob.api.orderChannel({ id: channel, locked: true, slow: 30 }));
  valueOf(await bob.api.orderChannel({ id: channel, locked: false }));
  valueOf(await bob.api.takeMeasure({ desk, kind: "kick", person, reason: "Out" }));
  valueOf(await bob.api.takeMeasure({ desk, kind: "ban", person, reason: "For good" }));

  const told = await trail();
  expect(told.every(({ by }) => by === "Bob")).toBe(true);
  expect(told.map(({ act, on }) => [act, on])).toEqual([
    ["case.decide", "Mallory"],
    ["member.warn", "Mallory"],
    ["member.mute", "Mallory"],
    ["measure.lift", "Mallory"],
    ["channel.lock", "general"],
    ["channel.slow", "general"],
    ["channel.unlock", "general"],
    ["member.remove", "Mallory"],
    ["member.ban", "Mallory"],
  ]);
  expect(told.map(({ details }) => details)).toMatchObject([
    { outcome: "dismissed", case: key },
    { reason: "Not here", case: key },
    { reason: "Cool down", until },
    { measure: "mute", restored: false },
    {},
    { seconds: 30 },
    {},
    { reason: "Out" },
    { reason: "For good", until: null },
  ]);
  expect(JSON.stringify(told)).not.toContain(secret);
});

test("who reported is not in the trail, and a decision that was refused is no act", async () => {
  const { carol, mallory, dave } = court;
  const said = await court.says(dave, "again");
  await court.reports(carol, said);
  await court.settles();
  const before = (await trail()).length;
  expect(await court.decides(mallory, caseOf(said))).toMatchObject({ kind: "refused" });
  expect(await trail()).toHaveLength(before);
  expect(JSON.stringify(await trail())).not.toContain(carol.me.id);
});
