import { beforeAll, expect, test } from "vitest";

import type { ChannelId, EntryId } from "#shared/ids.ts";
import type { Role } from "#shared/permissions/rules.ts";
import type { Local } from "#client/sync/local.ts";
import { valueOf } from "#tests/support/api.ts";
import { editsUnaware, lastRefused, lastUnsent } from "#tests/support/device.ts";
import type { Fate } from "#tests/support/fates.ts";
import { about } from "#tests/support/people.ts";
import { cutOff, letBack, openRace, says, vanish } from "#tests/support/race.ts";
import { until } from "#tests/support/until.ts";
import type { Person } from "#tests/support/world.ts";

/** What is done about an entry, what becomes of the entry, and of the one that the act is; none where none is needed. */
type Case = readonly ["edit" | "reaction" | "retraction", Fate, Fate | "none"];

const race = openRace();
let bob: Person;
beforeAll(async () => {
  bob = await race.member("Bob");
});

const becomes = async (role: Exclude<Role, "owner">): Promise<void> =>
  void valueOf(await race.alice.api.changeRole({ id: race.community, person: bob.id, role }));

async function act(page: Local, room: ChannelId, kind: Case[0], id: EntryId): Promise<void> {
  const of = { author: bob.id, id };
  if (kind === "edit") await page.edit(room, of, "in other words", []);
  if (kind === "reaction") await page.react(room, of, "👍", true);
  if (kind === "retraction") await page.retract(room, of);
}

const endings = (target: readonly [EntryId, Fate], own: EntryId | undefined, fate: Fate | "none") =>
  own === undefined || fate === "none" ? [target] : [target, [own, fate] as const];

const notSentIn = (page: Local, room: ChannelId) => page.notSent().filter(({ channel }) => channel === room);

/** Bob's message is on its way, and nobody knows whether it arrives. */
async function onItsWay(room: ChannelId) {
  const page = await race.comes(bob, room);
  race.relay.hold();
  const target = await says(page, room, "first words");
  await until(() => race.relay.held() === 1, "the frame to be on its way");
  return { page, target };
}

test.for<Case>([
  ["edit", "server", "none"],
  ["reaction", "server", "server"],
  ["retraction", "nowhere", "none"],
])("%s of an entry that is itself unsent", async ([kind, fate, ownFate]) => {
  const room = await race.room();
  const page = await race.comes(bob, room);
  await cutOff(bob, page);
  const target = await says(page, room, "first words");
  await act(page, room, kind, target);
  const own = ownFate === "none" ? undefined : await lastUnsent(bob);
  expect(page.device().waiting).toBe(kind === "edit" ? 1 : kind === "reaction" ? 2 : 0);
  await letBack(bob, page);
  await race.ends(bob, room, endings([target, fate], own, ownFate));
  expect(notSentIn(page, room)).toEqual([]);
});

test.for<Case>([
  ["edit", "server", "server"],
  ["reaction", "server", "server"],
  ["retraction", "erased", "server"],
])("%s of an entry that may have left, and whose first frame arrives after all", async ([kind, fate, ownFate]) => {
  const room = await race.room();
  const { page, target } = await onItsWay(room);
  await cutOff(bob, page);
  await act(page, room, kind, target);
  const own = await lastUnsent(bob);
  await letBack(bob, page);
  await race.ends(bob, room, endings([target, fate], own, ownFate));
  await race.relay.release();
  await race.ends(bob, room, endings([target, fate], own, ownFate));
});

test.for<Case>([
  ["edit", "drawer: forbidden", "drawer: forbidden"],
  ["reaction", "drawer: forbidden", "nowhere"],
  ["retraction", "nowhere", "nowhere"],
])("%s of an entry that is refused while the act waits behind it", async ([kind, fate, ownFate]) => {
  const room = await race.room();
  const { page, target } = await onItsWay(room);
  await act(page, room, kind, target);
  const own = await lastUnsent(bob);
  await becomes("guest");
  await race.relay.release();
  await race.ends(bob, room, endings([target, fate], own, ownFate));
  await becomes("member");
});

test.for<Case>([
  ["edit", "drawer: forbidden", "drawer: forbidden"],
  // A guest may not react either, and is told so.
  ["reaction", "drawer: forbidden", "drawer: forbidden"],
  ["retraction", "erased", "server"],
])("%s of an entry that is refused together with the act, in one frame", async ([kind, fate, ownFate]) => {
  const room = await race.room();
  const { page, target } = await onItsWay(room);
  await cutOff(bob, page);
  await act(page, room, kind, target);
  const own = await lastUnsent(bob);
  await becomes("guest");
  await letBack(bob, page);
  await race.ends(bob, room, endings([target, fate], own, ownFate));
  await race.relay.release();
  await race.ends(bob, room, endings([target, fate], own, ownFate));
  await becomes("member");
});

test.for<Case>([
  ["edit", "drawer: forbidden", "drawer: forbidden"],
  ["reaction", "drawer: forbidden", "none"],
  ["retraction", "nowhere", "none"],
])("%s of an entry that has been refused", async ([kind, fate, ownFate]) => {
  const room = await race.room();
  const { page, target } = await onItsWay(room);
  await becomes("guest");
  await race.relay.release();
  await race.ends(bob, room, [[target, "drawer: forbidden"]]);
  race.forget();
  await becomes("member");
  await act(page, room, kind, target);
  const own = ownFate === "none" ? undefined : await lastRefused(bob);
  expect(page.device().waiting).toBe(0);
  await race.ends(bob, room, endings([target, fate], own, ownFate));

  if (kind !== "edit" || own === undefined) return;
  // Words that change others do not go before those.
  await page.retry(own);
  await race.ends(bob, room, endings([target, fate], own, ownFate));
  race.forget();
  for (const { id } of notSentIn(page, room)) await page.retry(id);
  race.forget();
  await race.ends(bob, room, endings([target, "server"], own, "server"));
});

test("edit of an entry that has been refused, by a tab that had not heard of it and is gone", async () => {
  const room = await race.room();
  const { page, target } = await onItsWay(room);
  await becomes("guest");
  await race.relay.release();
  await race.ends(bob, room, [[target, "drawer: forbidden"]]);
  vanish(bob, page);
  const own = await editsUnaware(bob, room, target, "in other words");
  await race.comes(bob, room);
  await race.ends(bob, room, endings([target, "drawer: forbidden"], own, "drawer: forbidden"));
  await becomes("member");
});

test.for<Case>([
  ["edit", "erased", "erased"],
  ["reaction", "erased", "server"],
  ["retraction", "erased", "server"],
])("%s of an entry that was retracted meanwhile from another device", async ([kind, fate, ownFate]) => {
  const room = await race.room();
  const page = await race.comes(bob, room);
  const target = await says(page, room, "first words");
  await race.ends(bob, room, [[target, "server"]]);
  race.forget();
  await cutOff(bob, page);
  await act(page, room, kind, target);
  const own = await lastUnsent(bob);
  await race.elsewhere(bob, room, about("retract", { of: { author: bob.id, id: target }, what: "message" }));
  await letBack(bob, page);
  await race.ends(bob, room, endings([target, fate], own, ownFate));
  expect(notSentIn(page, room)).toEqual([]);
});
