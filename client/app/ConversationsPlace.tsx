import { useParams, type RouteSectionProps } from "@solidjs/router";
import type { JSX } from "solid-js";

import { ConversationList } from "#client/conversations/ConversationList.tsx";
import { NEW_CONVERSATION } from "#client/paths.ts";
import { LinkButton } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { createTitle } from "#client/ui/title.ts";
import type { ChannelId } from "#shared/ids.ts";

import { ListFoot } from "./ListFoot.tsx";

export function ConversationsPlace(props: RouteSectionProps): JSX.Element {
  const params = useParams<{ conversation?: string }>();

  createTitle(() => "Conversations");

  return (
    <>
      <ConversationList open={params.conversation as ChannelId | undefined}>
        <ListFoot />
      </ConversationList>
      {props.children}
    </>
  );
}

/** No conversation is open yet. */
export const ConversationsHome = (): JSX.Element => (
  <main class="sheet place-middle">
    <EmptyState
      alone
      title="Conversations are between few."
      text="Write to one person or to several: only those you choose can read it."
    >
      <LinkButton kind="first" href={NEW_CONVERSATION}>
        Write to somebody
      </LinkButton>
    </EmptyState>
  </main>
);
