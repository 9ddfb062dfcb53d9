import { expect, test } from "vitest";

import type { CommunityId, MemberId } from "#shared/ids.ts";
import { can } from "#shared/permissions/can.ts";
import type { Role } from "#shared/permissions/rules.ts";

import { memberMenu } from "./member-menu.ts";

const community = "01900000-0000-7000-8000-000000000012" as CommunityId;
const alice = { id: "01900000-0000-7000-8000-000000000001" as MemberId, name: "Alice" };
const bob = "01900000-0000-7000-8000-000000000002" as MemberId;

/** What Alice, being one thing, may do about Bob, being another. */
function labels(mine: Role, his: Role): readonly string[] {
  const actor = { id: alice.id, platformAdmin: false, role: mine, inside: false };
  const local = {
    me: () => alice,
    may: (action: Parameters<typeof can>[1], _where: unknown, about: object = {}) =>
      can(actor, action, { place: "community", ...about }),
    membershipOf: () => ({ of: "membership" as const, community, role: mine }),
  };
  const member = { id: bob, name: "Bob", role: his, joinedAt: 0 };
  return memberMenu(local, community, member, { setRole: () => {}, open: () => {} }).map(({ label }) => label);
}

const MEASURES = ["Report", "Warn", "Mute", "Ban", "Take out of the community"];

test.for<[Role, Role, readonly string[]]>([
  ["member", "guest", ["Report"]],
  ["moderator", "admin", ["Report"]],
  ["moderator", "member", MEASURES],
  ["admin", "admin", ["Report"]],
  ["admin", "member", ["Make a moderator", "Make a guest", ...MEASURES]],
  ["owner", "member", ["Make an admin", "Make a moderator", "Make a guest", "Hand the community over", ...MEASURES]],
])("as %s, about a %s: %j", ([mine, his, expected]) => {
  expect(labels(mine, his)).toEqual(expected);
});
