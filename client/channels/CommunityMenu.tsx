import BookOpen from "lucide-solid/icons/book-open";
import ChartColumn from "lucide-solid/icons/chart-column";
import Settings from "lucide-solid/icons/settings";
import UserPlus from "lucide-solid/icons/user-plus";
import UsersRound from "lucide-solid/icons/users-round";
import { useNavigate } from "@solidjs/router";
import type { JSX } from "solid-js";

import { aboutPath, invitationsPath, managePath, membersPath, reportsPath } from "#client/paths.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Menu, type MenuItem } from "#client/ui/Menu.tsx";
import type { MirroredCommunity } from "#shared/entries/kinds/mirror.ts";

interface Props {
  readonly community: MirroredCommunity;
  readonly at: HTMLElement;
  readonly onClose: () => void;
}

/** What one can do with a community as a whole. */
export function CommunityMenu(props: Props): JSX.Element {
  const local = useLocal();
  const navigate = useNavigate();
  const { id } = props.community;
  const to = (path: string) => () => navigate(path);

  const items = (): readonly MenuItem[] => [
    { label: "Members", icon: UsersRound, act: to(membersPath(id)) },
    ...(local.may("community.invite", id)
      ? [{ label: "Invite people", icon: UserPlus, act: to(invitationsPath(id)) }]
      : []),
    { label: "Description and rules", icon: BookOpen, act: to(aboutPath(id)) },
    ...(local.may("report.read", id) ? [{ label: "Reports", icon: ChartColumn, act: to(reportsPath(id)) }] : []),
    ...(local.may("community.manage", id)
      ? [{ label: "Settings", icon: Settings, apart: true, act: to(managePath(id)) }]
      : []),
  ];

  return <Menu label={props.community.name} items={items()} at={props.at} onClose={props.onClose} />;
}
