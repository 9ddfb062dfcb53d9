import ArrowDown from "lucide-solid/icons/arrow-down";
import { createEffect, createMemo, createSignal, on, onCleanup, onMount, Show, type JSX } from "solid-js";
import { Virtualizer } from "virtua/solid";

import { Button } from "#client/ui/Button.tsx";
import { dateLine } from "#client/ui/times.ts";
import type { Ref } from "#shared/entries/kind.ts";
import { keyOfRef } from "#shared/entries/kind.ts";

import { createLiveLines } from "./create-live-lines.ts";
import { createScroll } from "./create-scroll.ts";
import { createStops } from "./create-stops.ts";
import { Feed } from "./Feed.tsx";
import { LineView } from "./LineView.tsx";
import { linesOf, type Unread } from "./lines.ts";
import { useTalk } from "./use-talk.ts";

export interface TimelineHandle {
  /** Shows a loaded message in the middle, marked for a moment, and gives it the focus. False when it is not loaded. */
  readonly find: (of: Ref) => boolean;
  readonly toFirstNew: () => void;
  readonly toEnd: () => void;
}

interface Props {
  readonly unread: Unread | undefined;
  readonly ref: (handle: TimelineHandle) => void;
  readonly onLetter: (event: KeyboardEvent, key: string) => void;
  readonly onEscape: () => void;
}

const MARKED_FOR = 2_400;
/** How far outside of the view rows are measured already, so that nothing slips when they come into it. */
const AHEAD = 600;

/** All that was said, as far as it is loaded: begins where one left off, grows at both ends, and moves only when asked. */
export function TimelineView(props: Props): JSX.Element {
  const talk = useTalk();
  const { timeline, local } = talk;
  // What was read, and how far the network is, change more often than what was said.
  const rows = createMemo(timeline.rows);
  const live = createLiveLines(createMemo(() => linesOf(rows(), props.unread)));
  const [scroller, setScroller] = createSignal<HTMLElement>();
  const [found, setFound] = createSignal<string>();
  const hasNewest = () => timeline.after() === "end";

  const scroll = createScroll({
    name: `${local.me().id} ${talk.place().id}`,
    live,
    scroller,
    hasNewest,
    onNearStart: once(() => (timeline.before() === "more" ? timeline.loadBefore() : Promise.resolve())),
    onNearEnd: once(() => (timeline.after() === "more" ? timeline.loadAfter() : Promise.resolve())),
    onSeen(line) {
      const row = lastRowUpTo(line);
      if (row !== undefined && !document.hidden && row.position > (local.readUpTo(talk.place().id) ?? -1)) {
        local.markRead(talk.place().id, row.position);
      }
    },
  });

  const stops = createStops({ live, scroller, scroll, onLetter: props.onLetter, onEscape: () => props.onEscape() });

  function lastRowUpTo(line: number) {
    for (let index = line; index >= 0; index--) {
      const now = live().lines[index]?.now();
      if (now?.kind === "row") return now.row;
    }
    return undefined;
  }

  props.ref({
    find(of) {
      const index = scroll.indexOf(keyOfRef(of));
      if (index < 0) return false;
      scroll.toLine(index, "center");
      setFound(keyOfRef(of));
      setTimeout(() => setFound((now) => (now === keyOfRef(of) ? undefined : now)), MARKED_FOR);
      stops.focus(keyOfRef(of));
      return true;
    },
    toFirstNew: () => scroll.indexOf("new") >= 0 && scroll.toLine(scroll.indexOf("new"), "start"),
    toEnd: () => scroll.toEnd(),
  });

  onMount(() =>
    createEffect(on(timeline.state, (state) => state !== "loading" && !scroll.settled() && scroll.begin(beginning()))),
  );
  const beginning = () => (scroll.indexOf("new") >= 0 ? "new" : undefined);

  const seen = () => scroll.look();
  document.addEventListener("visibilitychange", seen);
  onCleanup(() => document.removeEventListener("visibilitychange", seen));

  return (
    <div class="talk">
      <Show when={pinned(live().lines, scroll)}>
        {(date) => (
          <div class="date pinned" aria-hidden="true" style={{ translate: `0 ${-date().push}px` }}>
            <h3>{dateLine(date().at)}</h3>
          </div>
        )}
      </Show>
      <section
        ref={setScroller}
        class="timeline"
        classList={{ unsettled: !scroll.settled() }}
        aria-label={`Messages in ${talk.name()}`}
        data-pane="timeline"
        onKeyDown={stops.onKey}
        onFocusIn={stops.onFocus}
      >
        <div class="above" />
        <Virtualizer
          ref={scroll.setHandle}
          data={live().lines}
          bufferSize={AHEAD}
          shift={live().shift}
          as={Feed}
          {...(scroller() && { scrollRef: scroller() as HTMLElement })}
          keepMounted={stops.kept()}
          onScroll={scroll.look}
          onResize={scroll.resized}
        >
          {(line) => (
            <LineView
              line={line}
              rows={timeline.rows().length}
              stop={stops.current() === line.key}
              found={found() === line.key}
            />
          )}
        </Virtualizer>
      </section>
      <Show when={scroll.settled() && (scroll.place().kind === "line" || !hasNewest())}>
        <div class="to-end">
          <Button icon={ArrowDown} onClick={() => void timeline.showNewest().then(scroll.toEnd)}>
            Newest
          </Button>
        </div>
      </Show>
    </div>
  );
}

/** The date that stands over the first row in view, and how far the next one pushes it out. */
function pinned(
  lines: readonly { readonly kind: string; readonly now: () => unknown }[],
  scroll: ReturnType<typeof createScroll>,
) {
  const top = scroll.top();
  let index = Math.min(top, lines.length - 1);
  while (index >= 0 && lines[index]?.kind !== "date") index--;
  const date = lines[index]?.now() as { readonly at: number } | undefined;
  if (date === undefined || !scroll.settled() || scroll.offset() <= scroll.offsetOf(index)) return undefined;

  const next = lines[top + 1]?.kind === "date" ? scroll.offsetOf(top + 1) - scroll.offset() : DATE_HEIGHT;
  return { at: date.at, push: Math.max(0, DATE_HEIGHT - next) };
}

const DATE_HEIGHT = 38;

/** Runs one at a time: asked again meanwhile, it does nothing. */
function once(act: () => Promise<void>): () => void {
  let running = false;
  return () => {
    if (running) return;
    running = true;
    void act().finally(() => (running = false));
  };
}
