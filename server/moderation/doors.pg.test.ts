import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";

import { collectConsequences } from "#server/documents/authority-change.ts";
import { kindOf, valueOf } from "#tests/support/api.ts";
import { homeDocument, openCourt, type Court } from "#tests/support/court.ts";

import { takeMeasure } from "./measures.ts";

let court: Court;
beforeAll(async () => void (court = await openCourt()));
afterAll(() => court.close());

test("whoever never was in a community is banned from it without being told, and finds out at its door", async () => {
  const { alice, community: desk } = court;
  const frank = await court.person("Frank");
  const ban = { desk, kind: "ban", person: frank.me.id, reason: "Buy my books" } as const;
  const { id } = valueOf(await alice.api.takeMeasure(ban));
  await court.settles();
  const told = () => court.words(homeDocument(frank), "measure");
  expect(await told()).toEqual([]);
  expect(await frank.api.joinCommunity({ id: desk })).toMatchObject({ problem: { kind: "banned" } });
  valueOf(await alice.api.liftMeasure({ desk, id }));
  await court.settles();
  expect(await told()).toEqual([]);

  // Whoever was there is told, also when they have left.
  valueOf(await frank.api.joinCommunity({ id: desk }));
  valueOf(await frank.api.leaveCommunity({ id: desk }));
  valueOf(await alice.api.takeMeasure({ ...ban, reason: "Threats" }));
  await court.settles();
  expect(await told()).toMatchObject([{ measure: "ban", reason: "Threats" }]);
});

test("an invitation that is taken while its person is being banned lets nobody in", async () => {
  const { alice, bob, community: desk, db } = court;
  const erin = await court.person("Erin");
  const { token } = valueOf(await alice.api.invite({ id: desk }));
  let entering: Promise<string> = Promise.resolve("");
  let isIn = false;
  await db.transaction().execute(async (trx) => {
    const wanted = { desk, kind: "ban", person: erin.me.id, reason: "Threats" } as const;
    valueOf(await takeMeasure(trx, collectConsequences().consequences, bob.me.id, wanted));
    entering = erin.api.acceptInvitation({ token }).then(kindOf);
    void entering.then(() => (isIn = true));
    const waits = async () => (await sql`select from pg_locks where not granted`.execute(db)).rows.length > 0;
    await expect.poll(async () => isIn || (await waits()), { timeout: 10_000 }).toBe(true);
  });
  expect(await entering).toBe("banned");
});
