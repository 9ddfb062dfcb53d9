import CircleUserRound from "lucide-solid/icons/circle-user-round";
import MessagesSquare from "lucide-solid/icons/messages-square";
import Search from "lucide-solid/icons/search";
import UsersRound from "lucide-solid/icons/users-round";
import { useLocation } from "@solidjs/router";
import { For, Show, type JSX } from "solid-js";

import { CONVERSATIONS, SEARCH, SETTINGS } from "#client/paths.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Icon } from "#client/ui/Icon.tsx";

import { sumUnread } from "./unread.ts";

const places = [
  { href: "/", at: ["/c/", "/discover", "/communities"], label: "Communities", icon: UsersRound },
  { href: CONVERSATIONS, at: [CONVERSATIONS], label: "Conversations", icon: MessagesSquare },
  { href: SEARCH, at: [SEARCH], label: "Search", icon: Search },
  { href: SETTINGS, at: [SETTINGS], label: "You", icon: CircleUserRound },
] as const;

/** The four places of a phone, along the bottom. */
export function TabBar(): JSX.Element {
  const local = useLocal();
  const location = useLocation();
  const isIn = (paths: readonly string[]) => paths.some((path) => location.pathname.startsWith(path));
  const badge = (href: string) => (href === CONVERSATIONS ? sumUnread(local, local.conversations()).messages : 0);

  return (
    <nav class="tabbar" aria-label="Places">
      <For each={places}>
        {(place) => (
          <a href={place.href} aria-current={isIn(place.at) ? "page" : undefined}>
            <Icon of={place.icon} size="big" />
            {place.label}
            <Show when={badge(place.href)}>{(many) => <span class="badge">{many()}</span>}</Show>
          </a>
        )}
      </For>
    </nav>
  );
}
