import { beforeEach, expect, test } from "vitest";

import type { ChannelId } from "#shared/ids.ts";
import type { Role } from "#shared/permissions/rules.ts";
import { valueOf } from "#tests/support/api.ts";
import { lastUnsent } from "#tests/support/device.ts";
import { aim, cutOff, hides, letBack, openRace, says } from "#tests/support/race.ts";
import { until } from "#tests/support/until.ts";
import type { Person } from "#tests/support/world.ts";

const race = openRace();
let people = 0;
let bob: Person;
let room: ChannelId;
beforeEach(async () => {
  bob = await race.member(`Bob${(people += 1)}`);
  room = await race.room();
});

const community = () => ({ id: race.community, person: bob.id });
const removed = async () => valueOf(await race.alice.api.removeMember(community()));
const admitted = async (): Promise<void> => void valueOf(await (await bob.elsewhere()).joinCommunity(community()));
const becomes = async (role: Exclude<Role, "owner">): Promise<void> =>
  void valueOf(await race.alice.api.changeRole({ ...community(), role }));

test("removed while offline: what was said and what was said about it ends in the drawer", async () => {
  const page = await race.comes(bob, room);
  const old = await says(page, room, "before");
  await race.ends(bob, room, [[old, "server"]]);
  await cutOff(bob, page);
  const id = await says(page, room, "still here?");
  await page.edit(room, { author: bob.id, id: old }, "before, I said", []);
  const edit = await lastUnsent(bob);
  await removed();
  await letBack(bob, page);
  await race.ends(bob, room, [
    [old, "server"],
    [id, "drawer: not-a-member"],
    [edit, "drawer: not-a-member"],
  ]);
});

test("removed while offline: nobody is asked about words that they have taken back, but told where they may stand", async () => {
  const page = await race.comes(bob, room);
  race.relay.hold();
  const id = await says(page, room, "never mind");
  await until(() => race.relay.held() === 1, "the frame to be on its way");
  await cutOff(bob, page);
  await page.retract(room, { author: bob.id, id });
  const retraction = await lastUnsent(bob);
  await removed();
  await letBack(bob, page);
  await race.ends(bob, room, [
    [id, "nowhere"],
    [retraction, "drawer: not-a-member"],
  ]);
});

test("removed while offline, after the server had taken the entry and the acknowledgement was lost", async () => {
  const { relay } = race;
  const page = await race.comes(bob, room);
  relay.muffle();
  const id = await says(page, room, "just in time");
  await until(() => relay.unheard() === 1, "the server to have answered");
  await cutOff(bob, page);
  await removed();
  await letBack(bob, page);
  await until(() => page.notSent().length === 1, "the drawer");
  // Nobody tells somebody outside what is in there. Let in again, they see it.
  await admitted();
  const timeline = page.openTimeline(() => room);
  await until(() => timeline.find({ author: bob.id, id }) !== undefined, "the message");
  await race.ends(bob, room, [[id, "server"]]);
});

test("removed and re-admitted while offline: what was said in between is sent", async () => {
  const page = await race.comes(bob, room);
  await cutOff(bob, page);
  const id = await says(page, room, "did I miss something?");
  await removed();
  await admitted();
  await letBack(bob, page);
  await race.ends(bob, room, [[id, "server"]]);
  expect(page.notSent()).toEqual([]);
});

test("removed while the page is open, and re-admitted while offline: what was refused can be sent, and what is new is", async () => {
  const page = await race.comes(bob, room);
  const timeline = page.openTimeline(() => room);
  await until(() => timeline.state() === "ready", "the room");
  await cutOff(bob, page);
  const refused = await says(page, room, "let me in");
  await removed();
  await letBack(bob, page);
  await race.ends(bob, room, [[refused, "drawer: not-a-member"]]);
  race.forget();

  await cutOff(bob, page);
  const id = await says(page, room, "thank you");
  await admitted();
  await letBack(bob, page);
  await until(() => page.channel(room) !== undefined, "the room to be there again");
  await page.retry(refused);
  await race.ends(bob, room, [
    [refused, "server"],
    [id, "server"],
  ]);
  await until(() => timeline.find({ author: bob.id, id }) !== undefined, "the timeline to show it");
});

test("demoted while offline, from moderator to member: the hiding ends in the drawer, the words arrive", async () => {
  const target = await aim(race, room);
  await becomes("moderator");
  const page = await race.comes(bob, room);
  await cutOff(bob, page);
  const hiding = await hides(race, bob, page, room, target);
  const id = await says(page, room, "I have hidden that");
  await becomes("member");
  await letBack(bob, page);
  await race.ends(bob, room, [
    [hiding, "drawer: forbidden"],
    [id, "server"],
  ]);
});

test("demoted while offline, from member to guest: words end in the drawer, an edit of old words arrives", async () => {
  const page = await race.comes(bob, room);
  const old = await says(page, room, "helo");
  await race.ends(bob, room, [[old, "server"]]);
  await cutOff(bob, page);
  await page.edit(room, { author: bob.id, id: old }, "hello", []);
  const edit = await lastUnsent(bob);
  const id = await says(page, room, "and good bye");
  await becomes("guest");
  await letBack(bob, page);
  await race.ends(bob, room, [
    [old, "server"],
    [edit, "server"],
    [id, "drawer: forbidden"],
  ]);
});

test("demoted while offline, after the server had taken the entry and the acknowledgement was lost", async () => {
  const { relay } = race;
  const page = await race.comes(bob, room);
  relay.muffle();
  const id = await says(page, room, "as a member");
  await until(() => relay.unheard() === 1, "the server to have answered");
  await cutOff(bob, page);
  await becomes("guest");
  await letBack(bob, page);
  await race.ends(bob, room, [[id, "server"]]);
  expect(page.notSent()).toEqual([]);
});

test("demoted, refused, and promoted before the first frame arrives after all: the entry leaves the drawer", async () => {
  const { relay } = race;
  const page = await race.comes(bob, room);
  relay.hold();
  const id = await says(page, room, "slowly");
  await until(() => relay.held() === 1, "the frame to be on its way");
  await cutOff(bob, page);
  await becomes("guest");
  await letBack(bob, page);
  await race.ends(bob, room, [[id, "drawer: forbidden"]]);
  race.forget();
  await becomes("member");
  const timeline = page.openTimeline(() => room);
  await until(() => timeline.state() === "ready", "the room");
  await relay.release();
  await race.ends(bob, room, [[id, "server"]]);
});

test("promoted while offline, from guest to member and from member to moderator: what was written before counts", async () => {
  const target = await aim(race, room);
  await becomes("guest");
  const page = await race.comes(bob, room);
  await cutOff(bob, page);
  const id = await says(page, room, "may I?");
  const hiding = await hides(race, bob, page, room, target);
  await becomes("moderator");
  await letBack(bob, page);
  await race.ends(bob, room, [
    [id, "server"],
    [hiding, "server"],
  ]);
  expect(page.notSent()).toEqual([]);
});
