import ArrowDown from "lucide-solid/icons/arrow-down";
import ArrowUp from "lucide-solid/icons/arrow-up";
import Lock from "lucide-solid/icons/lock";
import Megaphone from "lucide-solid/icons/megaphone";
import Plus from "lucide-solid/icons/plus";
import { For, Show } from "solid-js";

import { createAct } from "#client/api/create-act.ts";
import { useApi } from "#client/api/use-api.ts";
import { manageChannelPath, newChannelPath } from "#client/paths.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { LinkButton } from "#client/ui/Button.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { Tool } from "#client/ui/Tool.tsx";
import type { MirroredChannel } from "#shared/entries/kinds/mirror.ts";
import type { CommunityId } from "#shared/ids.ts";

import { ManageSheet } from "./ManageSheet.tsx";

/** The channels of a community in their order. */
export const ChannelsPage = () => (
  <ManageSheet needs="channel.create">{(community) => <Channels community={community.id} />}</ManageSheet>
);

function Channels(props: { readonly community: CommunityId }) {
  const api = useApi();
  const local = useLocal();
  const act = createAct();
  const channels = () => local.channelsOf(props.community);

  return (
    <section class="stack">
      <div class="row-of far">
        <h2 class="title">Channels</h2>
        <LinkButton kind="first" icon={Plus} href={newChannelPath(props.community)}>
          New channel
        </LinkButton>
      </div>
      <FormProblem problem={act.problem()} />
      <ol class="ends-line">
        <For each={channels()} fallback={<li class="muted py-3">No channel yet. People need one place to talk in.</li>}>
          {(channel, at) => (
            <ChannelLine
              channel={channel}
              isFirst={at() === 0}
              isLast={at() === channels().length - 1}
              onMove={(step) => void act.run(() => api.changeChannel({ id: channel.id, position: at() + step }))}
            />
          )}
        </For>
      </ol>
    </section>
  );
}

interface LineProps {
  readonly channel: MirroredChannel;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onMove: (step: 1 | -1) => void;
}

const ChannelLine = (props: LineProps) => (
  <li class="setting">
    <div class="min-w-0">
      <p class="row-of">
        <b class="clip" dir="auto">
          {props.channel.name}
        </b>
        <Show when={props.channel.kind === "broadcast"}>
          <Icon of={Megaphone} size="small" />
        </Show>
        <Show when={props.channel.private}>
          <Icon of={Lock} size="small" />
        </Show>
        <span class="note muted">{says(props.channel)}</span>
      </p>
      <p class="note muted clip" dir="auto">
        {props.channel.topic}
      </p>
    </div>
    <div class="row-of flex-nowrap">
      <Tool
        label={`Move ${props.channel.name} up`}
        icon={ArrowUp}
        disabled={props.isFirst}
        onClick={() => props.onMove(-1)}
      />
      <Tool
        label={`Move ${props.channel.name} down`}
        icon={ArrowDown}
        disabled={props.isLast}
        onClick={() => props.onMove(1)}
      />
      <LinkButton href={manageChannelPath(props.channel.community, props.channel.id)}>
        Change<span class="hush"> {props.channel.name}</span>
      </LinkButton>
    </div>
  </li>
);

const says = ({ kind, private: isPrivate, archived }: MirroredChannel): string =>
  [kind === "broadcast" ? "announcements" : "", isPrivate ? "private" : "", archived ? "archived" : ""]
    .filter(Boolean)
    .join(", ");
