import MessagesSquare from "lucide-solid/icons/messages-square";
import Plus from "lucide-solid/icons/plus";
import { useLocation } from "@solidjs/router";
import { For, Show, type JSX } from "solid-js";

import { communityPath, CONVERSATIONS, DISCOVER, SETTINGS } from "#client/paths.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { moveInList, rememberStop } from "#client/ui/roving.ts";
import { Seat } from "#client/ui/Seat.tsx";
import type { MirroredCommunity } from "#shared/entries/kinds/mirror.ts";

import { sumUnread } from "./unread.ts";

/** Where one can be: conversations, communities, and oneself. */
export function Rail(): JSX.Element {
  const local = useLocal();
  const location = useLocation();
  const isIn = (path: string) => location.pathname === path || location.pathname.startsWith(`${path}/`);
  const conversations = () => sumUnread(local, local.conversations());
  const presence = () => (local.connection().state === "online" ? "here" : "away");

  return (
    <nav class="rail" aria-label="Communities" data-pane="rail" onKeyDown={moveInList} onFocusIn={rememberStop}>
      <a
        class="stop not-phone"
        href={CONVERSATIONS}
        aria-label={
          conversations().messages > 0 ? `Conversations, ${conversations().messages} unread` : "Conversations"
        }
        aria-current={isIn(CONVERSATIONS) ? "true" : undefined}
        title="Conversations"
      >
        <Icon of={MessagesSquare} size="big" />
        <Mark {...conversations()} badge />
      </a>
      <hr />
      <For each={local.communities()}>
        {(community) => <Stop community={community} here={isIn(communityPath(community.id))} />}
      </For>
      <a
        class="stop"
        href={DISCOVER}
        aria-label="Join or create a community"
        title="Join or create a community"
        aria-current={isIn(DISCOVER) ? "true" : undefined}
      >
        <Icon of={Plus} size="big" />
      </a>
      <a
        class="stop end"
        href={SETTINGS}
        aria-label={`${local.me().name}, ${presence() === "here" ? "here" : "offline"}. You and settings`}
        aria-current={isIn(SETTINGS) ? "true" : undefined}
        title={local.me().name}
        style={{ "--under": "var(--sunken)" }}
      >
        <Seat id={local.me().id} name={local.me().name} size={2.25} state={presence()} />
      </a>
    </nav>
  );
}

function Stop(props: { readonly community: MirroredCommunity; readonly here: boolean }): JSX.Element {
  const local = useLocal();
  const counts = () => sumUnread(local, local.channelsOf(props.community.id));

  return (
    <a
      class="stop"
      href={communityPath(props.community.id)}
      aria-label={labelOf(props.community.name, counts())}
      aria-current={props.here ? "true" : undefined}
      title={props.community.name}
    >
      <Banner name={props.community.name} hue={props.community.hue} here={props.here} />
      <Mark {...counts()} badge={false} />
    </a>
  );
}

interface Counts {
  readonly messages: number;
  readonly mentions: number;
}

/** A badge where one is meant (or where every message means one), a dot where something is unread. */
const Mark = (props: Counts & { readonly badge: boolean }): JSX.Element => {
  const count = () => (props.badge ? props.messages : props.mentions);

  return (
    <Show
      when={count() > 0}
      fallback={
        <Show when={props.messages > 0}>
          <span class="dot" />
        </Show>
      }
    >
      <span class="badge">{count() > 99 ? "99+" : count()}</span>
    </Show>
  );
};

function labelOf(name: string, { messages, mentions }: Counts): string {
  if (mentions > 0) return `${name}, ${mentions} ${mentions === 1 ? "mention" : "mentions"}`;
  return messages > 0 ? `${name}, unread` : name;
}
