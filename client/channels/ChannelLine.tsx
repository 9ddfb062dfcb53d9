import Lock from "lucide-solid/icons/lock";
import Megaphone from "lucide-solid/icons/megaphone";
import { Show, type JSX } from "solid-js";

import { talkPath } from "#client/paths.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Counts } from "#client/ui/Counts.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import type { MirroredChannel } from "#shared/entries/kinds/mirror.ts";

/** One channel in a list: a plain word; other kinds carry a sign, what is unread a count. */
export function ChannelLine(props: { readonly channel: MirroredChannel; readonly here: boolean }): JSX.Element {
  const local = useLocal();
  const unread = () => local.unread(props.channel.id);

  return (
    <a
      class="chan"
      classList={{ unread: unread().messages > 0, quiet: props.channel.archived }}
      href={talkPath(props.channel)}
      aria-current={props.here ? "page" : undefined}
      data-unread={unread().messages > 0 ? "" : undefined}
    >
      <bdi class="clip">{props.channel.name}</bdi>
      <Show when={props.channel.kind === "broadcast"}>
        <Icon of={Megaphone} size="small" />
        <span class="hush">announcements</span>
      </Show>
      <Show when={props.channel.private}>
        <Icon of={Lock} size="small" />
        <span class="hush">private</span>
      </Show>
      <Counts messages={unread().messages} mentions={unread().mentions} />
    </a>
  );
}
