import { createSignal, Show, type JSX } from "solid-js";

import { nameOf } from "#client/sync/names.ts";
import { later } from "#client/ui/later.tsx";
import { Seat } from "#client/ui/Seat.tsx";
import { spokenTime } from "#client/ui/times.ts";
import type { Row } from "#shared/entries/row.ts";

import { Answered } from "./Answered.tsx";
import { createLongPress } from "./create-long-press.ts";
import { Margin } from "./Margin.tsx";
import { useTalk } from "./use-talk.ts";
import { Words } from "./Words.tsx";

/** Where they cannot be had yet nothing is missed: the keys and the menu do the same. */
const NoActs = (): JSX.Element => undefined;
const Acts = later(async () => (await import("./Acts.tsx")).Acts, NoActs);
const EditBox = later(async () => (await import("./EditBox.tsx")).EditBox);
const RowMenu = later(async () => (await import("./RowMenu.tsx")).RowMenu);

interface Props {
  readonly row: Row;
  readonly starts: boolean;
  readonly position: number;
  readonly size: number;
  /** The row that the Tab key comes to. */
  readonly stop: boolean;
  /** Jumped to just now. */
  readonly found: boolean;
}

/** One row of a timeline: seat, words, margin. */
export function RowView(props: Props): JSX.Element {
  const talk = useTalk();
  const [pointed, setPointed] = createSignal(false);
  const [focused, setFocused] = createSignal(false);
  const [menuAt, setMenuAt] = createSignal<HTMLElement | { readonly x: number; readonly y: number }>();
  const press = createLongPress(setMenuAt);
  const me = () => talk.local.me().id;
  const name = () => nameOf(talk.local, props.row.author);
  const delivery = () => talk.timeline.delivery(props.row);
  const waits = () => delivery() === "device";
  const isEdited = () => talk.editing() === props.row.key;

  return (
    <article
      class="row"
      classList={{
        starts: props.starts,
        "me-said": props.row.mentions.includes(me()) && props.row.kind === "message",
        waiting: waits(),
        found: props.found,
      }}
      data-key={props.row.key}
      tabindex={props.stop ? 0 : -1}
      aria-label={labelOf(props.row, name(), waits())}
      aria-posinset={props.position}
      aria-setsize={props.size}
      on:mouseenter={() => setPointed(true)}
      on:mouseleave={() => setPointed(false)}
      onFocusIn={() => setFocused(true)}
      onFocusOut={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setFocused(false)}
      {...press}
    >
      <Show when={props.starts}>
        <Seat id={props.row.author} name={name()} />
        <div class="who">
          <b class="clip" dir="auto">
            {name()}
          </b>
        </div>
      </Show>
      <Margin row={props.row} mine={props.row.author === me()} delivery={delivery()} />
      <Show when={props.row.kind === "message" && props.row.re}>
        {(re) => <Answered re={re()} segment={props.row.segment} />}
      </Show>
      <Show when={isEdited()} fallback={<Words row={props.row} />}>
        <EditBox row={props.row} />
      </Show>
      <Show when={(pointed() || focused() || menuAt() !== undefined) && !isEdited() && props.row.kind === "message"}>
        <Acts row={props.row} onMore={setMenuAt} />
      </Show>
      <Show when={menuAt()}>{(at) => <RowMenu row={props.row} at={at()} onClose={() => setMenuAt(undefined)} />}</Show>
    </article>
  );
}

function labelOf(row: Row, name: string, waits: boolean): string {
  const states = [
    waits && "on this device",
    row.received !== undefined && "arrived late",
    row.edited !== undefined && "edited",
    row.hidden !== undefined && "hidden",
  ];
  return [name, spokenTime(row.position), ...states].filter(Boolean).join(", ");
}
