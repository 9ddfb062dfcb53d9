import Archive from "lucide-solid/icons/archive";
import Megaphone from "lucide-solid/icons/megaphone";
import { Show, type JSX } from "solid-js";

import { Icon } from "#client/ui/Icon.tsx";

import { useTalk } from "./use-talk.ts";

/** In the composer's place, where one may read and not write: why. */
export function SilentNote(): JSX.Element {
  const talk = useTalk();
  const place = talk.place();
  const isAnnouncing = place.of === "channel" && place.kind === "broadcast" && !place.archived;

  return (
    <footer class="compose">
      <p class="silent note">
        <Icon of={isAnnouncing ? Megaphone : Archive} />
        <span>
          <Show
            when={isAnnouncing}
            fallback={<>This is archived or you are a guest here: you can read it, and not write.</>}
          >
            This channel only takes announcements. You can react to them.
          </Show>
        </span>
      </p>
    </footer>
  );
}
