import { afterAll, beforeAll, expect, test } from "vitest";

import { pageDocument } from "#shared/documents/names.ts";
import { readStandings } from "#server/documents/standing.ts";
import { valueOf } from "#tests/support/api.ts";
import { openCourt, type Court } from "#tests/support/court.ts";
import { about, say } from "#tests/support/people.ts";
import { channelDocument } from "#tests/support/scribe.ts";

let court: Court;
const until = Date.now() + 3_600_000;

beforeAll(async () => {
  court = await openCourt();
  const { alice, bob, carol, community: desk } = court;
  for (const { me } of [bob, carol])
    valueOf(await alice.api.takeMeasure({ desk, kind: "mute", person: me.id, reason: "Cool down", until }));
});
afterAll(() => court.close());

test("a muted moderator hides nothing, makes no page and changes none, and is told why and until when", async () => {
  const { alice, bob, carol, community, channel } = court;
  const { id } = valueOf(await alice.api.createPage({ id: community, title: "Rules" }));
  const said = await court.says(alice, "hello");
  const told = { until, because: "Cool down" };
  const hide = about("hide", { of: { author: alice.me.id, id: said.id }, reason: "No" });
  expect(await court.enter(bob, channelDocument(channel), hide)).toMatchObject({ code: "muted", ...told });
  for (const answer of [
    await bob.api.createPage({ id: community, title: "Mine" }),
    await bob.api.createPage({ id: community, channel, title: "Mine" }),
    await bob.api.changePage({ id, title: "Mine" }),
  ])
    expect(answer).toMatchObject({ problem: { kind: "muted", ...told } });

  valueOf(await alice.api.changePage({ id, kind: "wiki" }));
  expect(await carol.api.keepPageVersion({ id })).toMatchObject({ problem: { kind: "muted", ...told } });
  // What the gate of pages knows when it refuses.
  const place = { kind: "page", id, segment: 1 } as const;
  const standing = (await readStandings(court.db, [{ person: carol.me.id, place }], false))({
    person: carol.me.id,
    place,
  });
  expect(standing, pageDocument(id)).toMatchObject({ muted: told });
});

test("who is muted is told so in a locked channel too", async () => {
  const { alice, carol, channel } = court;
  valueOf(await alice.api.orderChannel({ id: channel, locked: true }));
  expect(await court.enter(carol, channelDocument(channel), say("but"))).toMatchObject({
    code: "muted",
    until,
    because: "Cool down",
  });
});
