import Ellipsis from "lucide-solid/icons/ellipsis";
import { For, type JSX } from "solid-js";

import { Tool } from "#client/ui/Tool.tsx";
import type { Row } from "#shared/entries/row.ts";

import { looks } from "./act-looks.ts";
import { useTalk, type Act } from "./use-talk.ts";

const QUICK: readonly Act[] = ["react", "reply", "save"];

/** Three tools and "more", over the margin of the row that one points at. */
export function Acts(props: { readonly row: Row; readonly onMore: (at: HTMLElement) => void }): JSX.Element {
  const talk = useTalk();
  const allowed = () => talk.actsOn(props.row);

  return (
    <div class="acts not-phone">
      <For each={QUICK.filter((act) => allowed().includes(act))}>
        {(act) => <Tool label={looks[act].label} icon={looks[act].icon} onClick={() => talk.act(act, props.row)} />}
      </For>
      <Tool label="More" icon={Ellipsis} aria-haspopup="menu" onClick={(event) => props.onMore(event.currentTarget)} />
    </div>
  );
}
