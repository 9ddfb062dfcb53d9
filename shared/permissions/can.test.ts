import { expect, test } from "vitest";

import type { MemberId } from "../ids.ts";
import { can } from "./can.ts";
import { roles, type Action, type Actor, type Role, type Target } from "./rules.ts";

const alice = "alice" as MemberId;
const bob = "bob" as MemberId;

const actor = (role?: Role, more: Partial<Actor> = {}): Actor => ({
  id: alice,
  platformAdmin: false,
  role,
  inside: false,
  ...more,
});

/** The least role that may do it, or nobody. */
type Least = Role | "nobody";

const chat: Target = { place: "chat", owner: bob };
const broadcast: Target = { place: "broadcast", owner: bob };
const community: Target = { place: "community" };

test.for<[Action, string, Target, Least]>([
  ["document.read", "a channel", chat, "guest"],
  ["document.read", "a community", community, "guest"],
  ["document.read", "a private channel from outside", { ...chat, private: true }, "nobody"],
  ["message.send", "a channel", chat, "member"],
  ["message.send", "an archived channel", { ...chat, archived: true }, "nobody"],
  ["message.send", "a broadcast channel", broadcast, "moderator"],
  ["message.send", "somebody else's conversation", { place: "conversation" }, "nobody"],
  ["message.react", "a broadcast channel", broadcast, "member"],
  ["message.edit", "somebody else's message", chat, "nobody"],
  ["message.retract", "somebody else's message", chat, "nobody"],
  ["message.send", "a locked channel", { ...chat, locked: true }, "moderator"],
  ["message.react", "a locked channel", { ...chat, locked: true }, "member"],
  ["message.hurry", "a channel", chat, "moderator"],
  ["message.hide", "somebody else's message", chat, "moderator"],
  ["document.read", "a desk", { place: "desk" }, "moderator"],
  ["desk.write", "a desk", { place: "desk" }, "moderator"],
  ["desk.write", "a case about a moderator", { place: "desk", role: "moderator" }, "admin"],
  ["desk.write", "a case about the owner", { place: "desk", role: "owner" }, "nobody"],
  ["desk.write", "the platform's desk", { place: "platform-desk" }, "nobody"],
  ["channel.order", "a channel", chat, "moderator"],
  ["channel.order", "an archived channel", { ...chat, archived: true }, "nobody"],
  ["message.restore", "somebody else's message", chat, "moderator"],
  ["message.restore", "a message of one's own", { ...chat, owner: alice }, "owner"],
  ["message.hide", "an archived channel", { ...chat, archived: true }, "nobody"],
  ["channel.create", "a community", community, "admin"],
  ["channel.create", "an archived community", { ...community, archived: true }, "nobody"],
  ["channel.manage", "a channel", chat, "admin"],
  ["channel.manage", "a private channel from outside", { ...chat, private: true }, "nobody"],
  ["channel.let-in", "a channel", chat, "moderator"],
  ["community.manage", "a community", community, "admin"],
  ["community.invite", "a community", community, "moderator"],
  ["community.transfer", "a community", community, "owner"],
  ["community.delete", "a community", community, "owner"],
  ["community.audit", "a community", community, "admin"],
  ["member.list", "a community", community, "guest"],
  ["page.create", "a community", community, "moderator"],
  ["page.create", "a channel", chat, "moderator"],
  ["page.create", "a private channel from outside", { ...chat, private: true }, "nobody"],
  ["document.read", "a page", { place: "page" }, "guest"],
  ["document.read", "a page of a private channel from outside", { place: "page", private: true }, "nobody"],
  ["page.edit", "a page", { place: "page" }, "moderator"],
  ["page.edit", "a page of the wiki", { place: "page", shared: true }, "member"],
  ["page.edit", "an archived page of the wiki", { place: "page", shared: true, archived: true }, "nobody"],
  ["page.edit", "a private page of the wiki from outside", { place: "page", shared: true, private: true }, "nobody"],
  ["page.manage", "a page of the wiki", { place: "page", shared: true }, "moderator"],
  ["home.write", "somebody else's home", { place: "home" }, "nobody"],
  ["platform.administer", "the platform", { place: "platform" }, "nobody"],
  ["report.read", "a community", community, "moderator"],
  ["report.read", "an archived community", { ...community, archived: true }, "moderator"],
  ["report.read", "a channel", chat, "moderator"],
  ["report.read", "a private channel from outside", { ...chat, private: true }, "nobody"],
  ["report.read", "the platform", { place: "platform" }, "nobody"],
])("%s in %s", ([action, , target, least]) => {
  const allowed = roles.filter((role) => can(actor(role), action, target));
  expect(allowed).toEqual(least === "nobody" ? [] : roles.slice(0, roles.indexOf(least) + 1));
  expect(can(actor(), action, target)).toBe(false);
});

test("whoever is muted reads, and takes back what they said, and says nothing", () => {
  const muted = actor("member", { muted: true });
  const own: Target = { place: "chat", owner: alice };
  expect(can(muted, "document.read", own)).toBe(true);
  expect(can(muted, "message.retract", own)).toBe(true);
  for (const action of ["message.send", "message.edit", "message.react"] as const)
    expect(can(muted, action, own)).toBe(false);
});

test("moderators do something about those below them, and about nobody else", () => {
  for (const action of ["member.warn", "member.mute", "member.ban", "member.remove"] as const) {
    const about = (role?: Role): Target => ({ ...community, owner: bob, role });
    expect(can(actor("moderator"), action, about("member"))).toBe(true);
    for (const role of ["moderator", "admin", "owner"] as const)
      expect(can(actor("moderator"), action, about(role))).toBe(false);
    expect(can(actor("member"), action, about("guest"))).toBe(false);
  }
});

test("one's own message may be taken back where one can no longer write", () => {
  const own: Target = { place: "chat", owner: alice, archived: true };
  expect(can(actor("member"), "message.edit", own)).toBe(false);
  expect(can(actor("member"), "message.retract", own)).toBe(true);
  expect(can(actor(), "message.retract", own)).toBe(false);
});

test("a private channel and a conversation are open to those inside", () => {
  const inside = (role?: Role) => actor(role, { inside: true });
  expect(can(inside("member"), "message.send", { place: "chat", private: true })).toBe(true);
  expect(can(inside(), "message.send", { place: "chat", private: true })).toBe(false);
  expect(can(inside(), "message.send", { place: "conversation" })).toBe(true);
  expect(can(inside(), "conversation.manage", { place: "conversation" })).toBe(true);
  expect(can(inside("guest"), "channel.leave", { place: "chat", private: true })).toBe(true);
});

test.for(roles)("whoever is %s changes and removes only those below", (role) => {
  const below = roles.slice(roles.indexOf(role) + 1);
  const removable = roles.filter((theirs) => can(actor(role), "member.remove", { place: "community", role: theirs }));
  const changeable = roles.filter((theirs) => can(actor(role), "member.role", { place: "community", role: theirs }));

  expect(removable).toEqual(["owner", "admin", "moderator"].includes(role) ? below : []);
  expect(changeable).toEqual(["owner", "admin"].includes(role) ? below : []);
});

test("everybody leaves a community but its owner", () => {
  expect(roles.filter((role) => can(actor(role), "community.leave", community))).toEqual([
    "admin",
    "moderator",
    "member",
    "guest",
  ]);
  expect(can(actor(), "community.leave", community)).toBe(false);
});

test("an open community is joined by anybody, as long as it takes anything", () => {
  expect(can(actor(), "community.join", { place: "community", joinable: true })).toBe(true);
  expect(can(actor(), "community.join", { place: "community", joinable: true, archived: true })).toBe(false);
  expect(can(actor(), "community.join", { place: "community" })).toBe(false);
});

test("an administrator of the platform runs it, deletes communities, and reads nothing for it", () => {
  const admin = actor(undefined, { platformAdmin: true });
  expect(can(admin, "platform.administer", { place: "platform" })).toBe(true);
  expect(can(admin, "community.delete", community)).toBe(true);
  expect(can(admin, "document.read", chat)).toBe(false);
  expect(can(admin, "document.read", { place: "conversation" })).toBe(false);
});

test("a community is founded by everybody where that is so decided, and by admins always", () => {
  const open: Target = { place: "platform", joinable: true };
  expect(can(actor(), "community.create", open)).toBe(true);
  expect(can(actor(), "community.create", { place: "platform" })).toBe(false);
  expect(can(actor(undefined, { platformAdmin: true }), "community.create", { place: "platform" })).toBe(true);
});
