import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";

import { collectConsequences } from "#server/documents/authority-change.ts";
import { kindOf, valueOf } from "#tests/support/api.ts";
import { openCourt, type Court } from "#tests/support/court.ts";

import { takeMeasure } from "./measures.ts";

let court: Court;
beforeAll(async () => void (court = await openCourt()));
afterAll(() => court.close());

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
