import PanelRight from "lucide-solid/icons/panel-right";
import Search from "lucide-solid/icons/search";
import { Show, type JSX } from "solid-js";

import { CONVERSATIONS, communityPath, SEARCH } from "#client/paths.ts";
import { Bar } from "#client/ui/Bar.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { Seat } from "#client/ui/Seat.tsx";
import { Tool } from "#client/ui/Tool.tsx";

import { useTalk } from "./use-talk.ts";

interface Props {
  readonly asideOpen: boolean;
  readonly onAside: () => void;
}

/** Where one talks, what about, and what one can do with all of it. */
export function TalkBar(props: Props): JSX.Element {
  const talk = useTalk();
  const place = talk.place();
  const presence = () => talk.timeline.presence();
  const other =
    place.of === "conversation" && place.kind === "direct"
      ? place.participants.find((id) => id !== talk.local.me().id)
      : undefined;
  const topic = () => {
    if (place.of === "channel") return place.topic || undefined;
    if (other !== undefined) return presence().some.includes(other) ? "here now" : undefined;
    return place.kind === "saved" ? "only you see these" : undefined;
  };

  return (
    <Bar
      back={place.of === "channel" ? communityPath(place.community) : CONVERSATIONS}
      backLabel={place.of === "channel" ? "Back to channels" : "Back to conversations"}
      title={talk.name()}
      topic={topic()}
      seat={
        <Show when={other}>
          {(id) => (
            <Seat
              id={id()}
              name={talk.name()}
              size={1.75}
              state={presence().some.includes(id()) ? "here" : undefined}
            />
          )}
        </Show>
      }
    >
      <a class="find" href={place.of === "channel" ? `${SEARCH}?in=${place.id}` : SEARCH} aria-label="Search">
        <Icon of={Search} />
        <span class="grow">Search</span>
        <kbd>/</kbd>
      </a>
      <Tool
        label={`About ${talk.name()}`}
        icon={PanelRight}
        mirrors
        on={props.asideOpen}
        aria-expanded={props.asideOpen}
        onClick={() => props.onAside()}
      />
    </Bar>
  );
}
