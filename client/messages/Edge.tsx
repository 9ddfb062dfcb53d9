import Archive from "lucide-solid/icons/archive";
import { Match, Show, Switch, type JSX } from "solid-js";

import { Notice } from "#client/ui/Notice.tsx";

import { Ghosts } from "./Ghosts.tsx";
import { useTalk } from "./use-talk.ts";

/** What stands before the oldest row on the screen: the beginning, more, or why there is no more. */
export function Edge(): JSX.Element {
  const talk = useTalk();

  return (
    <Switch>
      <Match when={talk.timeline.before() === "offline"}>
        <div class="edge">
          <Notice icon={Archive} title={`The older part of ${talk.name()} is not on this device.`}>
            It comes when you are back online.
          </Notice>
        </div>
      </Match>
      <Match when={talk.timeline.before() === "more"}>
        <Ghosts count={2} />
      </Match>
      <Match when={talk.timeline.rows().length > 0}>
        <p class="edge note muted">
          <Show when={talk.place().of === "channel"} fallback="This is where your conversation begins.">
            This is where <bdi>{talk.name()}</bdi> begins.
          </Show>
        </p>
      </Match>
    </Switch>
  );
}
