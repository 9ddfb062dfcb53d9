import CircleCheck from "lucide-solid/icons/circle-check";
import CircleDashed from "lucide-solid/icons/circle-dashed";
import ClockArrowUp from "lucide-solid/icons/clock-arrow-up";
import { Match, Switch, type JSX } from "solid-js";

import type { Delivery } from "#client/sync/local.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { spokenTime, timeOfDay } from "#client/ui/times.ts";
import type { Row } from "#shared/entries/row.ts";

interface Props {
  readonly row: Row;
  readonly mine: boolean;
  readonly delivery: Delivery;
}

/** The margin tells the truth: when something was said, and where it is. */
export const Margin = (props: Props): JSX.Element => (
  <div class="margin">
    <time datetime={new Date(props.row.at).toISOString()} title={spokenTime(props.row.at)}>
      {timeOfDay(props.row.position)}
    </time>
    <Switch fallback={<span class="slot" />}>
      <Match when={props.delivery === "device"}>
        <span class="device">
          <span class="say">on this device</span>
          <Icon of={CircleDashed} size="small" />
        </span>
      </Match>
      <Match when={props.row.received}>
        {(received) => (
          <span class="late" title={`Written ${timeOfDay(props.row.at)}, arrived ${timeOfDay(received())}`}>
            <span class="say">late</span>
            <Icon of={ClockArrowUp} size="small" />
          </span>
        )}
      </Match>
      <Match when={props.delivery === "server" && props.mine && props.row.kind === "message"}>
        <span title="On the server">
          <span class="hush">On the server</span>
          <Icon of={CircleCheck} size="small" />
        </span>
      </Match>
    </Switch>
  </div>
);
