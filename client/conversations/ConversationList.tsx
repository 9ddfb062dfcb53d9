import Bookmark from "lucide-solid/icons/bookmark";
import SquarePen from "lucide-solid/icons/square-pen";
import UsersRound from "lucide-solid/icons/users-round";
import { For, Match, Show, Switch, type JSX } from "solid-js";

import { NEW_CONVERSATION, talkPath } from "#client/paths.ts";
import { nameOf, placeName } from "#client/sync/names.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Counts } from "#client/ui/Counts.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { moveInList, rememberStop } from "#client/ui/roving.ts";
import { Seat } from "#client/ui/Seat.tsx";
import { plural } from "#client/ui/times.ts";
import type { MirroredConversation } from "#shared/entries/kinds/mirror.ts";
import type { ChannelId } from "#shared/ids.ts";

interface Props {
  readonly open: ChannelId | undefined;
  readonly children?: JSX.Element;
}

/** Everybody one talks with outside of communities, and oneself. */
export function ConversationList(props: Props): JSX.Element {
  const local = useLocal();
  const others = () => local.conversations().filter(({ kind }) => kind !== "saved");
  const saved = () => local.conversations().find(({ kind }) => kind === "saved");

  return (
    <nav class="list" aria-label="Conversations" data-pane="list">
      <div class="list-head">
        <h2 class="grow">Conversations</h2>
        <a class="tool" href={NEW_CONVERSATION} aria-label="New conversation" title="New conversation">
          <Icon of={SquarePen} />
        </a>
      </div>
      <div class="list-body" onKeyDown={moveInList} onFocusIn={rememberStop}>
        <For
          each={others()}
          fallback={
            <p class="note muted px-2 pb-3">
              You talk with nobody yet. <a href={NEW_CONVERSATION}>Write to somebody</a>
            </p>
          }
        >
          {(conversation) => <Line conversation={conversation} here={conversation.id === props.open} />}
        </For>
        <Show when={saved()}>
          {(conversation) => <Line conversation={conversation()} here={conversation().id === props.open} />}
        </Show>
      </div>
      {props.children}
    </nav>
  );
}

function Line(props: { readonly conversation: MirroredConversation; readonly here: boolean }): JSX.Element {
  const local = useLocal();
  const unread = () => local.unread(props.conversation.id);
  const other = () => props.conversation.participants.find((person) => person !== local.me().id) ?? local.me().id;

  return (
    <a
      class="chan tall"
      classList={{ unread: unread().messages > 0 }}
      href={talkPath(props.conversation)}
      aria-current={props.here ? "page" : undefined}
      data-unread={unread().messages > 0 ? "" : undefined}
    >
      <Switch>
        <Match when={props.conversation.kind === "direct"}>
          <Seat id={other()} name={nameOf(local, other())} />
        </Match>
        <Match when={props.conversation.kind === "saved"}>
          <span class="seat drawn" aria-hidden="true">
            <Icon of={Bookmark} />
          </span>
        </Match>
        <Match when={props.conversation.kind === "group"}>
          <span class="seat drawn" aria-hidden="true">
            <Icon of={UsersRound} />
          </span>
        </Match>
      </Switch>
      <span class="grow">
        <bdi class="clip block">{placeName(local, props.conversation)}</bdi>
        <Show when={props.conversation.kind === "group"}>
          <span class="note muted block unstressed">
            {plural(props.conversation.participants.length, "person", "people")}
          </span>
        </Show>
      </span>
      <Counts messages={unread().messages} mentions={unread().mentions} />
    </a>
  );
}
