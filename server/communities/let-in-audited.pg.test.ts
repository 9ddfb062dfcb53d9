import { afterAll, beforeAll, expect, test } from "vitest";

import { valueOf } from "#tests/support/api.ts";
import { openCourt, type Court } from "#tests/support/court.ts";

let court: Court;
beforeAll(async () => void (court = await openCourt()));
afterAll(() => court.close());

/** Who was let in, by whom, the first one first. */
async function letIn(): Promise<readonly string[]> {
  const { acts } = valueOf(await court.alice.api.communityAudit({ id: court.community, q: "channel.let-in" }));
  return acts.map(({ actor, target }) => `${actor?.name} ${target.name}`).toReversed();
}

test("the trail names whoever was let into a private channel, from the first on, and nobody else", async () => {
  const { alice, bob, carol, dave, community: id } = court;
  const stranger = await court.person("Peggy");
  const people = [bob.me.id, stranger.me.id, bob.me.id];
  const { id: ops } = valueOf(await alice.api.createChannel({ id, name: "ops", private: true, people }));
  expect((await letIn()).toSorted()).toEqual(["Alice Alice", "Alice Bob"]);

  valueOf(await alice.api.letIn({ id: ops, people: [bob.me.id, stranger.me.id, carol.me.id, carol.me.id] }));
  expect((await letIn()).slice(2)).toEqual(["Alice Carol"]);
  valueOf(await alice.api.putOut({ id: ops, person: bob.me.id }));
  valueOf(await alice.api.letIn({ id: ops, people: [bob.me.id] }));
  expect((await letIn()).slice(3)).toEqual(["Alice Bob"]);

  valueOf(await alice.api.createChannel({ id, name: "open", people: [dave.me.id] }));
  expect(await letIn()).toHaveLength(4);
});
