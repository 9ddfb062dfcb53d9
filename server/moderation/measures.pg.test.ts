import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { MemberId } from "#shared/ids.ts";
import { collectConsequences } from "#server/documents/authority-change.ts";

import { kindOf, valueOf } from "#tests/support/api.ts";
import { homeDocument, openCourt, type Court } from "#tests/support/court.ts";
import { say } from "#tests/support/people.ts";
import { channelDocument } from "#tests/support/scribe.ts";

import { takeMeasure } from "./measures.ts";

let court: Court;
beforeAll(async () => void (court = await openCourt()));
afterAll(() => court.close());

const HOUR = 3_600_000;

test("whoever is muted only reads until it ends by itself, and is told why", async () => {
  const { bob, mallory, community } = court;
  const until = Date.now() + HOUR;
  const measure = valueOf(
    await bob.api.takeMeasure({ desk: community, kind: "mute", person: mallory.me.id, reason: "Cool down", until }),
  );
  const try_ = () => court.enter(mallory, channelDocument(court.channel), say("but"));

  expect(await try_()).toMatchObject({ kind: "refused", code: "muted", until, because: "Cool down" });
  expect(await court.words(homeDocument(mallory), "measure")).toMatchObject([
    { key: `measure/${measure.id}`, measure: "mute", where: "Northern Networks", reason: "Cool down", until },
  ]);
  expect(await court.shown(homeDocument(mallory))).toContainEqual({
    of: "membership",
    community,
    role: "member",
    muted: until,
  });
  // Leaving and coming back does not end it.
  valueOf(await mallory.api.leaveCommunity({ id: community }));
  valueOf(await mallory.api.joinCommunity({ id: community }));
  expect(await try_()).toMatchObject({ code: "muted" });

  await court.db
    .updateTable("membership")
    .set({ muted_until: new Date(Date.now() - 1) })
    .where("person_id", "=", mallory.me.id)
    .execute();
  expect(await try_()).toMatchObject({ kind: "committed" });
  valueOf(await bob.api.liftMeasure({ desk: community, id: measure.id }));
});

test("what arrives while somebody is being muted is refused: it waits for the mute, and sees it", async () => {
  const { bob, carol, community, channel, db } = court;
  const until = Date.now() + HOUR;
  const wanted = { desk: community, kind: "mute", person: carol.me.id, reason: "Wait", until } as const;
  const { consequences } = collectConsequences();
  let early: Promise<unknown> = Promise.resolve();
  await db.transaction().execute(async (trx) => {
    valueOf(await takeMeasure(trx, consequences, bob.me.id, wanted));
    early = court.enter(carol, channelDocument(channel), say("quickly"));
    await expect
      .poll(async () => (await sql`select from pg_locks where not granted`.execute(db)).rows.length, {
        timeout: 10_000,
      })
      .toBeGreaterThan(0);
  });
  expect(await early).toMatchObject({ kind: "refused", code: "muted", until });
  await db.updateTable("membership").set({ muted_until: null }).where("person_id", "=", carol.me.id).execute();
});

test("whoever is banned is no member, cannot come back by any door until it ends, and can be given back what they had", async () => {
  const { alice, bob, mallory, community, channel } = court;
  const { token } = valueOf(await alice.api.invite({ id: community }));
  const until = Date.now() + 24 * HOUR;
  const ban = valueOf(
    await bob.api.takeMeasure({ desk: community, kind: "ban", person: mallory.me.id, reason: "Threats", until }),
  );

  expect(await court.enter(mallory, channelDocument(channel), say("but"))).toMatchObject({
    code: "banned",
    until,
    because: "Threats",
  });
  expect(await mallory.api.segments({ id: channel })).toMatchObject({
    problem: { kind: "banned", until, because: "Threats" },
  });
  expect(kindOf(await mallory.api.joinCommunity({ id: community }))).toBe("banned");
  expect(kindOf(await mallory.api.acceptInvitation({ token }))).toBe("banned");

  expect(valueOf(await bob.api.liftMeasure({ desk: community, id: ban.id, restore: "true" }))).toMatchObject({
    lifted: { by: { name: "Bob" } },
  });
  expect(await court.enter(mallory, channelDocument(channel), say("thanks"))).toMatchObject({ kind: "committed" });
  expect((await court.words(homeDocument(mallory), "measure")).at(-1)).toMatchObject({ measure: "ban", lifted: true });
});

test("a private channel that a banned person was not in is not there for them, as before", async () => {
  const { alice, bob, mallory, community } = court;
  const make = (name: string, people: readonly MemberId[]) =>
    alice.api.createChannel({ id: community, name, private: true, people: [...people] });
  const [inside, outside] = [valueOf(await make("ours", [mallory.me.id])), valueOf(await make("theirs", []))];
  const ban = valueOf(
    await bob.api.takeMeasure({ desk: community, kind: "ban", person: mallory.me.id, reason: "Threats" }),
  );

  expect(kindOf(await mallory.api.segments({ id: inside.id }))).toBe("banned");
  expect(kindOf(await mallory.api.segments({ id: outside.id }))).toBe("not-found");
  valueOf(await bob.api.liftMeasure({ desk: community, id: ban.id, restore: "true" }));
  expect(kindOf(await mallory.api.segments({ id: inside.id }))).toBe("ok");
});

test("in slow mode everybody but moderators waits between two messages", async () => {
  const { bob, carol, channel } = court;
  valueOf(await bob.api.orderChannel({ id: channel, slow: 60 }));
  const enter = (who: typeof bob, body: string) => court.enter(who, channelDocument(channel), say(body));

  expect(await enter(carol, "one")).toMatchObject({ kind: "committed" });
  const again = await enter(carol, "two");
  expect(again).toMatchObject({ kind: "refused", code: "slow-mode" });
  expect(again.kind === "refused" && again.retryAfter).toBeGreaterThan(55_000);
  expect(await enter(bob, "three")).toMatchObject({ kind: "committed" });
  expect(await enter(bob, "four")).toMatchObject({ kind: "committed" });
  await court.db
    .updateTable("spoken")
    .set({ received: Date.now() - 60_000 })
    .execute();
  expect(await enter(carol, "five")).toMatchObject({ kind: "committed" });
  expect(valueOf(await bob.api.orderChannel({ id: channel, slow: 0 })).slow).toBe(undefined);
  expect(await enter(carol, "six")).toMatchObject({ kind: "committed" });
});

test("in a locked channel only moderators write", async () => {
  const { bob, carol, channel, community } = court;
  expect(valueOf(await bob.api.orderChannel({ id: channel, locked: true }))).toMatchObject({ locked: true });
  expect(await court.shown(`community:${community}`)).toContainEqual(
    expect.objectContaining({ id: channel, locked: true }),
  );

  expect(await court.enter(carol, channelDocument(channel), say("but"))).toMatchObject({ code: "locked" });
  expect(await court.enter(bob, channelDocument(channel), say("enough"))).toMatchObject({ kind: "committed" });
  valueOf(await bob.api.orderChannel({ id: channel, locked: false }));
  expect(await court.enter(carol, channelDocument(channel), say("thanks"))).toMatchObject({ kind: "committed" });
});
