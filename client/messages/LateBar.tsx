import ClockArrowUp from "lucide-solid/icons/clock-arrow-up";
import X from "lucide-solid/icons/x";
import { Show, type JSX } from "solid-js";

import { Button } from "#client/ui/Button.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { Tool } from "#client/ui/Tool.tsx";
import { plural } from "#client/ui/times.ts";

import { refOf, useTalk } from "./use-talk.ts";

/** Tells of what arrived after its time, above what one has read. */
export function LateBar(): JSX.Element {
  const talk = useTalk();
  const late = () => talk.timeline.late();

  return (
    <div class="late-bar" role="status">
      <Icon of={ClockArrowUp} />
      <span class="grow">{plural(late().length, "earlier message")} arrived</span>
      <Show when={late()[0]}>
        {(first) => (
          <Button kind="plain" onClick={() => talk.jumpTo(refOf(first()), first().segment)}>
            <span>
              Show<span class="not-phone"> the first</span>
            </span>
          </Button>
        )}
      </Show>
      <Tool label="Dismiss" icon={X} onClick={() => talk.timeline.dismissLate()} />
    </div>
  );
}
