import type { Local } from "#client/sync/local.ts";
import type { MenuItem } from "#client/ui/Menu.tsx";
import type { CommunityId } from "#shared/ids.ts";
import { roles, type Role } from "#shared/permissions/rules.ts";
import type { Member } from "#shared/protocol/http/communities.ts";

export type MemberDialog = "remove" | "hand-over" | "report" | "warn" | "mute" | "ban";

interface Acts {
  readonly setRole: (role: Exclude<Role, "owner">) => void;
  readonly open: (dialog: MemberDialog) => void;
}

const isGiven = (role: Role): role is Exclude<Role, "owner"> => role !== "owner";

/** What one may do about a member: give a role below one's own, take them out, hand the community over. */
export function memberMenu(
  local: Pick<Local, "me" | "may" | "membershipOf">,
  community: CommunityId,
  member: Member,
  acts: Acts,
): readonly MenuItem[] {
  if (member.id === local.me().id) return [];
  const may = (role: Role) =>
    local.may("member.role", community, { owner: member.id, role: member.role }) &&
    local.may("member.role", community, { owner: member.id, role });

  const given = roles.filter(isGiven).filter((role) => role !== member.role && may(role));
  const items: MenuItem[] = given.map((role) => ({ label: `Make ${article(role)}`, act: () => acts.setRole(role) }));

  if (local.membershipOf(community)?.role === "owner") {
    items.push({ label: "Hand the community over", apart: true, act: () => acts.open("hand-over") });
  }
  items.push({ label: "Report", apart: true, act: () => acts.open("report") });
  const about = { owner: member.id, role: member.role };
  if (local.may("member.warn", community, about)) items.push({ label: "Warn", act: () => acts.open("warn") });
  if (local.may("member.mute", community, about)) items.push({ label: "Mute", act: () => acts.open("mute") });
  if (local.may("member.ban", community, about))
    items.push({ label: "Ban", danger: true, apart: true, act: () => acts.open("ban") });
  if (local.may("member.remove", community, { owner: member.id, role: member.role })) {
    items.push({ label: "Take out of the community", danger: true, act: () => acts.open("remove") });
  }
  return items;
}

const article = (role: Role): string => `${role === "admin" ? "an" : "a"} ${role}`;
