import ChevronDown from "lucide-solid/icons/chevron-down";
import Plus from "lucide-solid/icons/plus";
import { createSignal, For, Show, type JSX } from "solid-js";

import { newChannelPath } from "#client/paths.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { later } from "#client/ui/later.tsx";
import { moveInList, rememberStop } from "#client/ui/roving.ts";
import { Tool } from "#client/ui/Tool.tsx";
import type { MirroredCommunity } from "#shared/entries/kinds/mirror.ts";
import type { ChannelId } from "#shared/ids.ts";

import { ChannelLine } from "./ChannelLine.tsx";
import { PageLinks } from "./PageLinks.tsx";

const CommunityMenu = later(async () => (await import("./CommunityMenu.tsx")).CommunityMenu);

interface Props {
  readonly community: MirroredCommunity;
  /** The one that is open. */
  readonly open: ChannelId | undefined;
  /** At the end of the list. */
  readonly below?: JSX.Element;
  /** What stands below: where the device is, what was not sent. */
  readonly children?: JSX.Element;
}

/** The channels of a community that one may see. */
export function ChannelList(props: Props): JSX.Element {
  const local = useLocal();
  const [menuAt, setMenuAt] = createSignal<HTMLElement>();
  const channels = () => local.channelsOf(props.community.id);
  const active = () => channels().filter(({ archived }) => !archived);
  const archived = () => channels().filter((channel) => channel.archived);

  return (
    <nav class="list" aria-label="Channels" data-pane="list">
      <div class="list-head">
        <div class="grow">
          <h2 class="clip" dir="auto">
            {props.community.name}
          </h2>
          <p class="note muted clip" dir="auto">
            {props.community.archived ? "Archived: to be read only" : props.community.description}
          </p>
        </div>
        <Tool
          label="Community menu"
          icon={ChevronDown}
          aria-haspopup="menu"
          onClick={(event) => setMenuAt(event.currentTarget)}
        />
        <Show when={menuAt()}>
          {(at) => <CommunityMenu community={props.community} at={at()} onClose={() => setMenuAt(undefined)} />}
        </Show>
      </div>
      <div class="list-body" onKeyDown={moveInList} onFocusIn={rememberStop}>
        <PageLinks community={props.community} />
        <h3>
          Channels
          <Show when={local.may("channel.create", props.community.id)}>
            <a class="tool tiny" href={newChannelPath(props.community.id)} aria-label="New channel" title="New channel">
              <Icon of={Plus} size="small" />
            </a>
          </Show>
        </h3>
        <For each={active()} fallback={<p class="note muted chan">No channel here is open to you yet.</p>}>
          {(channel) => <ChannelLine channel={channel} here={channel.id === props.open} />}
        </For>
        <Show when={archived().length > 0}>
          <h3>Archived</h3>
          <For each={archived()}>{(channel) => <ChannelLine channel={channel} here={channel.id === props.open} />}</For>
        </Show>
        {props.below}
      </div>
      {props.children}
    </nav>
  );
}
