import Plus from "lucide-solid/icons/plus";
import { Show } from "solid-js";

import { Banner } from "#client/ui/Banner.tsx";
import { Icon } from "#client/ui/Icon.tsx";

interface Props {
  readonly name: string;
  readonly hue: number;
  readonly channel: string;
}

/** A community that does not exist yet, as its members will see it. */
export const Likeness = (props: Props) => (
  <div class="likeness" aria-hidden="true">
    <p class="note muted">As members will see it</p>
    <div class="frame" data-community style={{ "--community-hue": props.hue }}>
      <div class="rail">
        <span class="stop">
          <Banner name={props.name} hue={props.hue} here />
        </span>
        <span class="stop">
          <Icon of={Plus} size="big" />
        </span>
      </div>
      <div class="list">
        <div class="list-head">
          <div class="grow">
            <p class="called clip" dir="auto">
              {props.name || "A community"}
            </p>
            <p class="note muted">one member: you</p>
          </div>
        </div>
        <div class="list-body">
          <p class="note muted p-2">Channels</p>
          <Show when={props.channel}>
            <span class="chan chosen">
              <span class="clip" dir="auto">
                {props.channel}
              </span>
            </span>
          </Show>
        </div>
      </div>
      <div class="sheet">
        <div class="bar">
          <b class="clip" dir="auto">
            {props.channel}
          </b>
        </div>
        <div class="grid content-end h-full p-6">
          <p class="called">Nobody has spoken yet.</p>
          <p class="muted">The first message stays at the top of its history for good.</p>
        </div>
      </div>
    </div>
  </div>
);
