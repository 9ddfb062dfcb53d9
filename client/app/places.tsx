import { Navigate, useParams, type RouteSectionProps } from "@solidjs/router";
import { createEffect, Show, type JSX } from "solid-js";

import { ChannelList } from "#client/channels/ChannelList.tsx";
import { TalkView } from "#client/messages/TalkView.tsx";
import { channelPath, communityPath, type TalkPlace } from "#client/paths.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { afterFirst } from "#client/ui/first-shown.ts";
import { later } from "#client/ui/later.tsx";
import { createMedia, PHONE } from "#client/ui/media.ts";
import type { ChannelId, CommunityId } from "#shared/ids.ts";

import { lastChannelIn, lastCommunity, rememberChannel } from "./last-place.ts";
import { ListFoot } from "./ListFoot.tsx";
import { Patience } from "./Patience.tsx";

const PinnedPages = later(async () => (await import("#client/pages/PinnedPages.tsx")).PinnedPages);
const QueueLine = later(
  afterFirst(async () => (await import("#client/moderation/QueueLine.tsx")).QueueLine),
  () => undefined,
);
const Nothing = later(async () => (await import("./Nothing.tsx")).Nothing);
const NoChannel = later(async () => (await import("./Nothing.tsx")).NoChannel);
const NoCommunity = later(async () => (await import("./Nothing.tsx")).NoCommunity);

/** A community: its channels, and the one that is open. */
export function CommunityPlace(props: RouteSectionProps): JSX.Element {
  const local = useLocal();
  const params = useParams<{ community: string; channel?: string }>();
  const community = () => local.communities().find(({ id }) => id === params.community);

  return (
    <Show
      when={community()}
      fallback={
        <Patience>
          <Nothing />
        </Patience>
      }
    >
      {(found) => (
        <>
          <ChannelList
            community={found()}
            open={params.channel as ChannelId | undefined}
            below={<QueueLine community={found().id} />}
          >
            <ListFoot />
          </ChannelList>
          {props.children}
        </>
      )}
    </Show>
  );
}

/** A community without a channel in the address: its list on a phone, else the channel that was open last. */
export function CommunityHome(): JSX.Element {
  const local = useLocal();
  const params = useParams<{ community: string }>();
  const isPhone = createMedia(PHONE);
  const id = () => params.community as CommunityId;
  const first = () => {
    const channels = local.channelsOf(id());
    return channels.find((channel) => channel.id === lastChannelIn(id())) ?? channels[0];
  };

  return (
    <Show
      when={!isPhone() && first()}
      fallback={
        <Patience>
          <NoChannel />
        </Patience>
      }
    >
      {(channel) => <Navigate href={channelPath(id(), channel().id)} />}
    </Show>
  );
}

export function ChannelPlace(): JSX.Element {
  const params = useParams<{ community: string; channel: string }>();
  createEffect(() => rememberChannel(params.community, params.channel));

  return <Talk id={params.channel as ChannelId} />;
}

export function ConversationPlace(): JSX.Element {
  const params = useParams<{ conversation: string }>();
  return <Talk id={params.conversation as ChannelId} />;
}

/** A view for each place: what one begins to write in one never shows up in another. */
function Talk(props: { readonly id: ChannelId }): JSX.Element {
  const local = useLocal();

  return (
    <Show
      when={local.channel(props.id) && props.id}
      keyed
      fallback={
        <Patience>
          <Nothing />
        </Patience>
      }
    >
      {(id) => <TalkView place={local.channel(id) as TalkPlace} top={<Pins id={id} />} />}
    </Show>
  );
}

/** Asked for only where there is something pinned. */
const Pins = (props: { readonly id: ChannelId }): JSX.Element => {
  const local = useLocal();
  const channel = () => {
    const place = local.channel(props.id);
    return place?.of === "channel" &&
      local.pages.of(place.community).some((page) => page.pinned && page.channel === place.id)
      ? place
      : undefined;
  };
  return <Show when={channel()}>{(place) => <PinnedPages channel={place()} />}</Show>;
};

/** Where the app opens: the community that was open last, or a way into a first one. */
export function Home(): JSX.Element {
  const local = useLocal();
  const community = () => local.communities().find(({ id }) => id === lastCommunity()) ?? local.communities()[0];

  return (
    <Show
      when={community()}
      fallback={
        <Patience>
          <NoCommunity />
        </Patience>
      }
    >
      {(found) => <Navigate href={communityPath(found().id)} />}
    </Show>
  );
}
