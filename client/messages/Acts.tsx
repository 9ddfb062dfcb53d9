import Ellipsis from "lucide-solid/icons/ellipsis";
import { createSignal, For, lazy, Show, type JSX } from "solid-js";

import { Tool } from "#client/ui/Tool.tsx";
import type { Row } from "#shared/entries/row.ts";

import { acts } from "./row-acts.ts";
import { useTalk, type Act } from "./use-talk.ts";

const RowMenu = lazy(async () => ({ default: (await import("./RowMenu.tsx")).RowMenu }));

const QUICK: readonly Act[] = ["react", "reply", "save"];

/** Three tools and "more", over the margin of the row that one points at. */
export function Acts(props: { readonly row: Row }): JSX.Element {
  const talk = useTalk();
  const [menuAt, setMenuAt] = createSignal<HTMLElement>();
  const allowed = () => talk.actsOn(props.row);

  return (
    <div class="acts not-phone">
      <For each={QUICK.filter((act) => allowed().includes(act))}>
        {(act) => <Tool label={acts[act].label} icon={acts[act].icon} onClick={() => talk.act(act, props.row)} />}
      </For>
      <Tool label="More" icon={Ellipsis} aria-haspopup="menu" onClick={(event) => setMenuAt(event.currentTarget)} />
      <Show when={menuAt()}>{(at) => <RowMenu row={props.row} at={at()} onClose={() => setMenuAt(undefined)} />}</Show>
    </div>
  );
}
