import Archive from "lucide-solid/icons/archive";
import Eye from "lucide-solid/icons/eye";
import Lock from "lucide-solid/icons/lock";
import Megaphone from "lucide-solid/icons/megaphone";
import MessageSquareOff from "lucide-solid/icons/message-square-off";
import { Match, Switch, type JSX } from "solid-js";

import { createMuted, mutedWords } from "#client/order/create-muted.ts";
import { Icon } from "#client/ui/Icon.tsx";

import { useTalk } from "./use-talk.ts";

/** In the composer's place, where one may read and not write: why. */
export function SilentNote(): JSX.Element {
  const talk = useTalk();
  // Asked each time: a channel may be archived, or a role changed, while one looks at it.
  const channel = () => {
    const place = talk.local.channel(talk.place().id);
    return place?.of === "channel" ? place : undefined;
  };
  const muted = createMuted(() => channel()?.community);
  const isArchived = () =>
    channel()?.archived === true ||
    talk.local.communities().some(({ id, archived }) => archived && id === channel()?.community);

  return (
    <footer class="compose">
      <p class="silent note">
        <Switch fallback={<Because icon={Eye} text="You are a guest here: you can read, and not write." />}>
          <Match when={isArchived()}>
            <Because icon={Archive} text="This is archived: it can be read, and takes no new messages." />
          </Match>
          <Match when={muted()}>{(mute) => <Because icon={MessageSquareOff} text={mutedWords(mute())} />}</Match>
          <Match when={channel()?.locked === true}>
            <Because icon={Lock} text="This channel is locked: it can be read, and only moderators write." />
          </Match>
          <Match when={channel()?.kind === "broadcast"}>
            <Because icon={Megaphone} text="This channel only takes announcements. You can react to them." />
          </Match>
        </Switch>
      </p>
    </footer>
  );
}

const Because = (props: { readonly icon: typeof Eye; readonly text: string }): JSX.Element => (
  <>
    <Icon of={props.icon} />
    <span>{props.text}</span>
  </>
);
